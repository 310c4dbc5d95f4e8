package io.penstock.gateway.report;

import io.penstock.gateway.terminal.Amounts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as reports write them. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final double TENS = 99.95;

    private Words() {}

    static String time(long ms, ZoneId zone) {
        return TIME.withZone(zone).format(Instant.ofEpochMilli(ms));
    }

    static String count(double value) {
        return Amounts.count(Math.round(value));
    }

    static String bytes(double value) {
        return Amounts.bytes(Math.round(value));
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", part * 100);
    }

    static String cores(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Milliseconds: 850 ms, 12.3 s, 4.5 min, 2.0 h. */
    static String age(double ms) {
        if (ms < 1_000) {
            return Math.round(ms) + " ms";
        }
        double seconds = ms / 1_000;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }

    /** How a value compares to the one before. */
    static String change(double now, double before) {
        if (before <= 0) {
            return now <= 0 ? "same" : "new";
        }
        double part = now / before - 1;
        return Math.abs(part) < 0.005 ? "same" : String.format(Locale.ROOT, "%+.0f %%", part * 100);
    }

    /** A value at an axis. */
    static String axis(double value, String unit) {
        return switch (unit) {
            case "ms" -> age(value);
            case "%" -> Math.round(value) + " %";
            case "cores" -> String.format(Locale.ROOT, "%.1f", value);
            default -> shortened(value);
        };
    }

    private static String shortened(double value) {
        double rest = value;
        String[] units = {"", "k", "M", "G"};
        int unit = 0;
        while (rest >= 1_000 && unit < units.length - 1) {
            rest /= 1_000;
            unit++;
        }
        boolean whole = rest >= TENS || rest == Math.rint(rest);
        return String.format(Locale.ROOT, whole ? "%.0f%s" : "%.1f%s", rest, units[unit]);
    }
}
