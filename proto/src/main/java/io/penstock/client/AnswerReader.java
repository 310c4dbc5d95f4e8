package io.penstock.client;

import io.penstock.client.Answer.Trouble;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads what the data port says over HTTP. Threading: any thread. */
final class AnswerReader {
    private static final int OK = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int MAX_REASON = 300;
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long MAX_RETRY_AFTER_MS = 3_600_000;

    private AnswerReader() {}

    static Answer read(HttpResponse<byte[]> response) {
        Object body;
        String text = new String(response.body(), StandardCharsets.UTF_8);
        try {
            body = text.isEmpty() ? Map.of() : JsonReader.read(text);
        } catch (IllegalArgumentException notJson) {
            body = Map.of("error", Map.of("message", text));
        }
        int status = response.statusCode();
        if (status == OK) {
            return staged(body, response.headers());
        }
        String why = status + ": " + reason(body);
        long afterMs = afterMs(response.headers());
        return switch (status) {
            case TOO_MANY_REQUESTS -> new Answer.Again(afterMs, why, Trouble.FULL);
            // the server may have read all of it and be just too late
            case REQUEST_TIMEOUT, BAD_GATEWAY, GATEWAY_TIMEOUT ->
                    new Answer.Again(afterMs, why, Trouble.UNDECIDED);
            case UNAVAILABLE ->
                    new Answer.Again(
                            afterMs,
                            why,
                            code(body).equals("pending") ? Trouble.UNDECIDED : Trouble.UNAVAILABLE);
            default -> new Answer.Never(why, status == CONFLICT);
        };
    }

    private static Answer staged(Object body, HttpHeaders headers) {
        Object receipt = member(body, "receipt");
        if (!(receipt instanceof Map)) {
            return new Answer.Again(-1, "the answer holds no receipt", Trouble.UNDECIDED);
        }
        try {
            return new Answer.Staged(
                    new PushReceipt(
                            text(receipt, "repo"),
                            text(receipt, "node"),
                            HexFormat.fromHexDigitsToLong(text(receipt, "epoch")),
                            number(receipt, "first_position"),
                            (int) number(receipt, "records"),
                            Boolean.TRUE.equals(member(body, "duplicate"))),
                    headers.firstValue("Penstock-Owners")
                            .map(owners -> List.of(owners.split(",", -1)))
                            .orElse(List.of()));
        } catch (IllegalArgumentException garbled) {
            return new Answer.Again(-1, "the receipt is garbled: " + garbled, Trouble.UNDECIDED);
        }
    }

    private static Object member(Object json, String name) {
        Object found = json instanceof Map<?, ?> map ? map.get(name) : null;
        return found == null ? "" : found;
    }

    private static String text(Object json, String name) {
        return String.valueOf(member(json, name));
    }

    private static long number(Object json, String name) {
        return member(json, name) instanceof Number number ? number.longValue() : 0;
    }

    private static String code(Object body) {
        return text(member(body, "error"), "code");
    }

    private static String reason(Object body) {
        Object error = member(body, "error");
        String code = text(error, "code");
        String message = text(error, "message");
        String all = code.isEmpty() ? message : code + ": " + message;
        return all.length() > MAX_REASON ? all.substring(0, MAX_REASON) : all;
    }

    /** {@code Penstock-Retry-After-Ms}, or {@code Retry-After} in seconds; -1 for neither. */
    private static long afterMs(HttpHeaders headers) {
        long ms = number(headers, "Penstock-Retry-After-Ms", 1);
        return ms >= 0 ? ms : number(headers, "Retry-After", MILLIS_PER_SECOND);
    }

    private static long number(HttpHeaders headers, String name, long factor) {
        try {
            OptionalLong value = headers.firstValueAsLong(name);
            long most = MAX_RETRY_AFTER_MS / factor;
            return value.isPresent() ? Math.max(0, Math.min(most, value.getAsLong())) * factor : -1;
        } catch (NumberFormatException aDate) {
            return -1;
        }
    }
}
