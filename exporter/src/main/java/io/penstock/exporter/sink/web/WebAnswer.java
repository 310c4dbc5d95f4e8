package io.penstock.exporter.sink.web;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * <p>Threading: confined to the sink's event loop.
 *
 * @param status HTTP status
 * @param headers header fields
 * @param trailers trailer fields, empty for most
 * @param body what was read of the body
 * @param whole whether that is all of it; false when the body passed its bound
 */
public record WebAnswer(
        int status, MultiMap headers, MultiMap trailers, Buffer body, boolean whole) {

    /** How much of a body goes into a reason. */
    public static final int MAX_REASON_BYTES = 512;

    /** The beginning of the body, on one line, for people. */
    public String reason() {
        int length = Math.min(MAX_REASON_BYTES, body.length());
        String text = new String(body.getBytes(0, length), StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** Value of the Retry-After header, or null. */
    @Nullable String retryAfter() {
        return headers.get(HttpHeaders.RETRY_AFTER);
    }
}
