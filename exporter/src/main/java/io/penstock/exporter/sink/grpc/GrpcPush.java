package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.push.RetryHint;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebAnswer;
import io.penstock.exporter.sink.web.WebClient;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One call of Push, and what its status means: the comment of {@code IngestService} says when the
 * server answers which.
 *
 * <p>Threading: confined to one event loop.
 */
final class GrpcPush {

    // Status codes of gRPC ("Status codes and their use in gRPC").
    private static final int OK = 0;
    private static final int INVALID_ARGUMENT = 3;
    private static final int DEADLINE_EXCEEDED = 4;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNAVAILABLE = 14;

    private static final int HTTP_OK = 200;

    private final WebClient client;
    private final RequestOptions request;
    private final StatusRules rules;

    GrpcPush(WebClient client, RequestOptions request, StatusRules rules) {
        this.client = client;
        this.request = request;
        this.rules = rules;
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
        // an answer without a message has its status in the headers (Trailers-Only)
        MultiMap end =
                answer.trailers().contains("grpc-status") ? answer.trailers() : answer.headers();
        String status = end.get("grpc-status");
        if (status == null || !status.matches("\\d{1,3}")) {
            return noGrpc("no grpc-status");
        }
        return outcome(Integer.parseInt(status), end);
    }

    private static Outcome noGrpc(String why) {
        return new Outcome.Retry(Outcome.Retry.BACK_OFF, "not an answer of gRPC: " + why);
    }

    private static Outcome outcome(int status, MultiMap end) {
        long afterMs = RetryHint.ofTrailers(end);
        String why = "gRPC status " + status + ": " + message(end.get("grpc-message"));
        return switch (status) {
            case OK -> Outcome.DELIVERED;
            case INVALID_ARGUMENT -> new Outcome.Rejected(why);
            case RESOURCE_EXHAUSTED ->
                    // without a hint it is the size of the message, which waiting does not mend
                    afterMs < 0
                            ? new Outcome.Rejected(why)
                            : new Outcome.Retry(afterMs, why, Cause.BUSY);
            case DEADLINE_EXCEEDED -> new Outcome.Retry(afterMs, why, Cause.SLOW);
            case UNAVAILABLE -> new Outcome.Retry(afterMs, why, Cause.DOWN);
            // NOT_FOUND, UNIMPLEMENTED, PERMISSION_DENIED, ...: a person mends them
            default -> new Outcome.Retry(afterMs, why, Cause.FAULT);
        };
    }

    /** {@code grpc-message} is percent-encoded UTF-8. */
    private static String message(@Nullable String encoded) {
        if (encoded == null) {
            return "";
        }
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return encoded;
        }
    }
}
