package io.penstock.exporter.lineprotocol;

import org.jspecify.annotations.Nullable;

/** The unit of times. Source: InfluxDB's references of {@code /write} and {@code /api/v2/write}. */
public enum Precision {
    /** Nanoseconds. */
    NANOS(1),
    /** Microseconds. */
    MICROS(1_000),
    /** Milliseconds. */
    MILLIS(1_000_000),
    /** Seconds. */
    SECONDS(1_000_000_000),
    /** Minutes; version 1 only. */
    MINUTES(60_000_000_000L),
    /** Hours; version 1 only. */
    HOURS(3_600_000_000_000L);

    private final long nanos;

    Precision(long nanos) {
        this.nanos = nanos;
    }

    long nanos() {
        return nanos;
    }

    /** The unit of a word; nanoseconds where there is none, null for one that is not known. */
    public static @Nullable Precision of(@Nullable String word) {
        if (word == null) {
            return NANOS;
        }
        return switch (word) {
            case "", "n", "ns" -> NANOS;
            case "u", "us", "\u00b5" -> MICROS;
            case "ms" -> MILLIS;
            case "s" -> SECONDS;
            case "m" -> MINUTES;
            case "h" -> HOURS;
            default -> null;
        };
    }
}
