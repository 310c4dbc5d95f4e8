package io.penstock.gateway.config;

import io.penstock.model.Setting;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Keys {@code report.*}.
 *
 * <p>Threading: immutable.
 *
 * @param dailyAt local time at which the report of a day is made
 * @param zone in which that time and all times in reports are told
 * @param directory where reports are written
 * @param keep reports that are kept
 */
public record ReportConfig(
        @Setting(
                        value = "\"06:00\"",
                        doc =
                                "Local time at which the report of the day until then is made, as"
                                        + " 06:00. Empty: none by itself.")
                String dailyAt,
        @Setting(
                        value = "UTC",
                        doc = "Zone of that time and of all times in reports, as Europe/Vienna.")
                String zone,
        @Setting(
                        value = "\"\"",
                        doc = "Where reports are written. Empty: reports under node.data_dir.")
                String directory,
        @Setting(value = "60", doc = "Reports that are kept; the oldest go.") int keep) {

    private static final int MOST_KEPT = 1_000;

    /** Checks ranges. */
    public ReportConfig {
        if (!dailyAt.isEmpty()) {
            time(dailyAt);
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "zone: there is none called '" + zone + "'", unknown);
        }
        if (keep < 1 || keep > MOST_KEPT) {
            throw new IllegalArgumentException("keep: 1 to " + MOST_KEPT);
        }
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException none) {
            throw new IllegalArgumentException(
                    "daily_at: a time such as 06:00, or empty, not '" + text + "'", none);
        }
    }

    /** The time of day; only where {@code dailyAt} is not empty. */
    public LocalTime time() {
        return time(dailyAt);
    }

    /** The zone. */
    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }
}
