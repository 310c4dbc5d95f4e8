package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.otlp.RpcStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * The end of a call: {@code grpc-status} and its companions, as headers or trailers. Codes as in
 * ingest.proto.
 */
final class Status {
    static final CharSequence GRPC_STATUS = HttpHeaders.createOptimized("grpc-status");
    static final CharSequence OK = HttpHeaders.createOptimized("0");

    static final int INVALID_ARGUMENT = 3;
    static final int DEADLINE_EXCEEDED = 4;
    static final int NOT_FOUND = 5;
    static final int PERMISSION_DENIED = 7;
    static final int RESOURCE_EXHAUSTED = 8;
    static final int UNIMPLEMENTED = 12;
    static final int INTERNAL = 13;
    static final int UNAVAILABLE = 14;
    static final int UNAUTHENTICATED = 16;

    private static final CharSequence GRPC_MESSAGE = HttpHeaders.createOptimized("grpc-message");
    private static final CharSequence GRPC_DETAILS =
            HttpHeaders.createOptimized("grpc-status-details-bin");
    private static final CharSequence ACCEPT_ENCODING =
            HttpHeaders.createOptimized("grpc-accept-encoding");
    private static final String HEX = "0123456789ABCDEF";

    private Status() {}

    /** The status code of a fault. */
    static int code(FaultKind kind) {
        return switch (kind) {
            case MALFORMED, BAD_SEQUENCE -> INVALID_ARGUMENT;
            case BAD_FRAMING, DEFECT -> INTERNAL;
            case UNKNOWN_CODING, UNKNOWN_TYPE, UNKNOWN_PATH, WRONG_METHOD -> UNIMPLEMENTED;
            case UNKNOWN_REPO -> NOT_FOUND;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> PERMISSION_DENIED;
            case TOO_LARGE, FULL -> RESOURCE_EXHAUSTED;
            case PENDING, UNAVAILABLE -> UNAVAILABLE;
            case ACK_TIMEOUT, STALLED -> DEADLINE_EXCEEDED;
        };
    }

    /** Writes a fault into headers or trailers. */
    static void write(Fault fault, MultiMap target) {
        int code = code(fault.kind());
        target.set(GRPC_STATUS, Integer.toString(code));
        target.set(GRPC_MESSAGE, percentEncoded(fault.message()));
        if (fault.retryAfterMs() >= 0) {
            target.set(GRPC_DETAILS, RpcStatus.header(code, fault));
        }
        if (fault.kind() == FaultKind.UNKNOWN_CODING) {
            target.set(ACCEPT_ENCODING, "identity, " + Coding.ACCEPTED);
        }
    }

    /** Text as {@code grpc-message} wants it: printable ASCII but {@code %}, the rest escaped. */
    static String percentEncoded(String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(utf8.length);
        for (byte b : utf8) {
            if (b >= ' ' && b <= '~' && b != '%') {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return text.toString();
    }
}
