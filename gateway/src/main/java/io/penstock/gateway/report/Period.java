package io.penstock.gateway.report;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a report is about.
 *
 * <p>Threading: immutable.
 *
 * @param kind daily, hourly or wanted
 * @param fromMs first moment
 * @param toMs moment behind the last
 */
record Period(String kind, long fromMs, long toMs) {
    private static final long HOUR_MS = 3_600_000;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm", Locale.ROOT);

    /** Checks the order. */
    Period {
        if (fromMs >= toMs) {
            throw new IllegalArgumentException("from must be before to");
        }
    }

    /**
     * The day that ended last at a local time. It has 23 or 25 hours where the clock is changed; a
     * time that the clock leaves out is an hour later ({@link ZonedDateTime}).
     */
    static Period day(long nowMs, LocalTime at, ZoneId zone) {
        ZonedDateTime now = Instant.ofEpochMilli(nowMs).atZone(zone);
        ZonedDateTime end = now.toLocalDate().atTime(at).atZone(zone);
        ZonedDateTime last =
                end.isAfter(now) ? end.toLocalDate().minusDays(1).atTime(at).atZone(zone) : end;
        ZonedDateTime first = last.toLocalDate().minusDays(1).atTime(at).atZone(zone);
        return new Period(
                "daily", first.toInstant().toEpochMilli(), last.toInstant().toEpochMilli());
    }

    /** When the next day ends. */
    static long nextMs(long nowMs, LocalTime at, ZoneId zone) {
        ZonedDateTime last = Instant.ofEpochMilli(day(nowMs, at, zone).toMs).atZone(zone);
        return last.toLocalDate().plusDays(1).atTime(at).atZone(zone).toInstant().toEpochMilli();
    }

    static Period hour(long nowMs) {
        return new Period("hourly", nowMs - HOUR_MS, nowMs);
    }

    /** As long, just before. */
    Period before() {
        return new Period(kind, fromMs - (toMs - fromMs), fromMs);
    }

    /** Name of the report: its kind and when it ends. */
    String name(ZoneId zone) {
        return kind + "-" + NAME.withZone(zone).format(Instant.ofEpochMilli(toMs));
    }
}
