package io.penstock.client;

import io.penstock.model.AckLevel;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Carries one attempt to one server. Threading: any thread. */
interface Transport {
    /**
     * One attempt.
     *
     * @param endpoint scheme, host and port of the server
     * @param timeoutMs how long it may take
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Post(
            URI endpoint,
            String repo,
            Form form,
            byte[] body,
            boolean gzip,
            Stamp stamp,
            long timeoutMs) {}

    /** Posts. The future does not fail: what goes wrong is an answer. */
    CompletableFuture<Answer> post(Post post, AckLevel ack);
}
