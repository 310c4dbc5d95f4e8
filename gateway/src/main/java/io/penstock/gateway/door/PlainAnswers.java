package io.penstock.gateway.door;

import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Lane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Refusals of protocols whose words are a status and a line of text. Threading: event loop. */
public final class PlainAnswers {
    private static final CharSequence TEXT =
            HttpHeaders.createOptimized("text/plain; charset=utf-8");

    private PlainAnswers() {}

    /**
     * Answers with a fault and drops the rest of the request.
     *
     * @param accepted media types that would be taken
     */
    public static void refuse(Lane lane, HttpServerRequest request, Fault fault, String accepted) {
        Buffer body = Buffer.buffer(fault.message() + "\n");
        HttpIngress.refuse(lane, request, fault, new HttpIngress.Told(TEXT, body, accepted));
    }
}
