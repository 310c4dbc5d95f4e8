package io.penstock.perf.wire;

import java.util.Arrays;
import java.util.Locale;

/** How batches travel. */
public enum Transport {
    /** Unary gRPC over HTTP/2. */
    GRPC,
    /** Logs by OTLP, unary gRPC over HTTP/2. */
    OTLP,
    /** POST over HTTP/2: prior knowledge without TLS, ALPN with it. */
    HTTP2,
    /** POST over HTTP/1.1, kept alive. */
    HTTP1;

    /** Whether an answer ends with a status of gRPC. */
    boolean isGrpc() {
        return this == GRPC || this == OTLP;
    }

    /** The word in commands and reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The transport of a word.
     *
     * @throws IllegalArgumentException for an unknown word
     */
    public static Transport of(String word) {
        return Arrays.stream(values())
                .filter(t -> t.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no transport '" + word + "': grpc, otlp, http2 or http1"));
    }
}
