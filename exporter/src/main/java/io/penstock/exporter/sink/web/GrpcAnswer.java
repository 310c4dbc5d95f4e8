package io.penstock.exporter.sink.web;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a call of gRPC ended. Source: "gRPC over HTTP2", Responses.
 *
 * <p>Threading: immutable.
 *
 * @param status the status code
 * @param message what it says for people, empty for nothing
 * @param end the headers or trailers in which it stood
 */
public record GrpcAnswer(int status, String message, MultiMap end) {

    // Status codes of gRPC ("Status codes and their use in gRPC").
    /** It went well. */
    public static final int OK = 0;

    /** The caller gave up. */
    public static final int CANCELLED = 1;

    /** The request is wrong. */
    public static final int INVALID_ARGUMENT = 3;

    /** It took too long. */
    public static final int DEADLINE_EXCEEDED = 4;

    /** There is no such thing. */
    public static final int NOT_FOUND = 5;

    /** The caller may not. */
    public static final int PERMISSION_DENIED = 7;

    /** No room. */
    public static final int RESOURCE_EXHAUSTED = 8;

    /** Another call was in the way. */
    public static final int ABORTED = 10;

    /** Beyond what there is. */
    public static final int OUT_OF_RANGE = 11;

    /** There is no such method. */
    public static final int UNIMPLEMENTED = 12;

    /** Nobody is there now. */
    public static final int UNAVAILABLE = 14;

    /** Data is lost. */
    public static final int DATA_LOSS = 15;

    /** The caller did not say who it is. */
    public static final int UNAUTHENTICATED = 16;

    /** The end of a call; null when the answer is none of gRPC. */
    public static @Nullable GrpcAnswer of(WebAnswer answer) {
        // an answer without a message has its status in the headers (Trailers-Only)
        MultiMap end =
                answer.trailers().contains("grpc-status") ? answer.trailers() : answer.headers();
        String status = end.get("grpc-status");
        if (status == null || !status.matches("\\d{1,3}")) {
            return null;
        }
        return new GrpcAnswer(Integer.parseInt(status), message(end.get("grpc-message")), end);
    }

    /** Code and message, for people. */
    public String why() {
        return "gRPC status " + status + ": " + message;
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
