package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The Retry-After header (RFC 9110, 10.2.3) as milliseconds. */
final class RetryAfter {

    /** No target holds an export up for longer than this with one answer. */
    static final long MAX_MS = 3_600_000;

    private static final int MAX_DIGITS = 9;
    private static final long MILLIS = 1000;

    private RetryAfter() {}

    /** The wish, 0 to {@link #MAX_MS}; {@link Outcome.Retry#BACK_OFF} for none that can be read. */
    static long millis(@Nullable String header, Instant now) {
        if (header == null) {
            return Outcome.Retry.BACK_OFF;
        }
        String text = header.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > MAX_DIGITS
                    ? MAX_MS
                    : Math.min(MAX_MS, Long.parseLong(text) * MILLIS);
        }
        try {
            Instant date =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            long leftMs = date.toEpochMilli() - now.toEpochMilli();
            return Math.max(0, Math.min(MAX_MS, leftMs));
        } catch (DateTimeException notADate) {
            return Outcome.Retry.BACK_OFF;
        }
    }
}
