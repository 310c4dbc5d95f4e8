package io.penstock.gateway.http;

import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.model.Receipt;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/**
 * Writes answers as JSON.
 *
 * <pre>
 *   {"receipt":{"repo":"web","node":"penstock-1","epoch":"00c0ffee00c0ffee","first_position":4096,"records":3},"duplicate":false}
 *   {"error":{"code":"malformed","message":"...","offset":17}}
 * </pre>
 */
public final class JsonAnswers {
    private static final HexFormat HEX = HexFormat.of();

    private JsonAnswers() {}

    /** A receipt. The epoch is text, as JSON numbers do not hold 64 bits. */
    static Buffer receipt(String node, Receipt receipt) {
        StringBuilder json = new StringBuilder(192);
        json.append("{\"receipt\":{\"repo\":\"").append(receipt.repo().value());
        json.append("\",\"node\":\"");
        escaped(node, json);
        json.append("\",\"epoch\":\"").append(HEX.toHexDigits(receipt.epoch()));
        json.append("\",\"first_position\":").append(receipt.firstPosition());
        json.append(",\"records\":").append(receipt.records());
        json.append("},\"duplicate\":").append(receipt.duplicate()).append('}');
        return Buffer.buffer(json.toString());
    }

    /** A fault. */
    static Buffer fault(Fault fault) {
        StringBuilder json = new StringBuilder(192);
        json.append("{\"error\":{\"code\":\"").append(fault.kind().word());
        json.append("\",\"message\":\"");
        escaped(fault.message(), json);
        json.append('"');
        if (fault.offset() != Fault.NOWHERE) {
            json.append(",\"offset\":").append(fault.offset());
        }
        return Buffer.buffer(json.append("}}").toString());
    }

    /** A fault as {@code google.rpc.Status} in proto3's JSON. */
    static Buffer rpcStatus(int code, Fault fault) {
        StringBuilder json = new StringBuilder(192);
        json.append("{\"code\":").append(code).append(",\"message\":\"");
        escaped(fault.message(), json);
        return Buffer.buffer(json.append("\"}").toString());
    }

    /** The HTTP status of a fault. */
    public static int status(FaultKind kind) {
        return switch (kind) {
            case MALFORMED, BAD_FRAMING -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case UNKNOWN_PATH, UNKNOWN_REPO -> 404;
            case WRONG_METHOD -> 405;
            case STALLED -> 408;
            case BAD_SEQUENCE -> 409;
            case TOO_LARGE -> 413;
            case UNKNOWN_CODING, UNKNOWN_TYPE -> 415;
            case FULL -> 429;
            case DEFECT -> 500;
            case PENDING, UNAVAILABLE -> 503;
            case ACK_TIMEOUT -> 504;
        };
    }

    /** Writes a text as it stands between the quotes of JSON. */
    public static void escaped(String text, StringBuilder json) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u").append(HEX.toHexDigits(c));
            } else {
                json.append(c);
            }
        }
    }
}
