package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.push.RetryHint;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.penstock.exporter.sink.web.GrpcAnswer;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.TraceHeaders;
import io.penstock.exporter.sink.web.WebAnswer;
import io.penstock.exporter.sink.web.WebClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;

/**
 * One call of Push, and what its status means: the comment of {@code IngestService} says when the
 * server answers which.
 *
 * <p>Threading: confined to one event loop.
 */
final class GrpcPush {

    private static final int HTTP_OK = 200;

    private final WebClient client;
    private final RequestOptions request;
    private final StatusRules rules;

    GrpcPush(WebClient client, RequestOptions request, StatusRules rules) {
        this.client = client;
        this.request = request;
        this.rules = rules;
    }

    /** The same for the pieces of one delivery, which name its span. */
    GrpcPush of(Delivery delivery) {
        return delivery.trace() == null
                ? this
                : new GrpcPush(
                        client, TraceHeaders.add(new RequestOptions(request), delivery), rules);
    }

    /** Sends one message. */
    Future<Outcome> send(Buffer message) {
        return client.send(
                new RequestOptions(request), message, WebClient.SHORT_ANSWER_BYTES, this::outcome);
    }

    Future<Void> close() {
        return client.close();
    }

    private Outcome outcome(WebAnswer answer) {
        if (answer.status() != HTTP_OK) {
            Outcome whole = rules.outcome(answer);
            return whole == Outcome.DELIVERED ? noGrpc("HTTP " + answer.status()) : whole;
        }
        GrpcAnswer end = GrpcAnswer.of(answer);
        return end == null ? noGrpc("no grpc-status") : outcome(end);
    }

    private static Outcome noGrpc(String why) {
        return new Outcome.Retry(Outcome.Retry.BACK_OFF, "not an answer of gRPC: " + why);
    }

    private static Outcome outcome(GrpcAnswer end) {
        long afterMs = RetryHint.ofTrailers(end.end());
        String why = end.why();
        return switch (end.status()) {
            case GrpcAnswer.OK -> Outcome.DELIVERED;
            case GrpcAnswer.INVALID_ARGUMENT -> new Outcome.Rejected(why);
            case GrpcAnswer.RESOURCE_EXHAUSTED ->
                    // without a hint it is the size of the message, which waiting does not mend
                    afterMs < 0
                            ? new Outcome.Rejected(why)
                            : new Outcome.Retry(afterMs, why, Cause.BUSY);
            case GrpcAnswer.DEADLINE_EXCEEDED -> new Outcome.Retry(afterMs, why, Cause.SLOW);
            case GrpcAnswer.UNAVAILABLE -> new Outcome.Retry(afterMs, why, Cause.DOWN);
            // NOT_FOUND, UNIMPLEMENTED, PERMISSION_DENIED, ...: a person mends them
            default -> new Outcome.Retry(afterMs, why, Cause.FAULT);
        };
    }
}
