package io.penstock.gateway.config;

import io.penstock.model.Setting;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;

/**
 * Keys {@code report.*}.
 *
 * <p>Threading: immutable.
 *
 * @param dailyAt local time at which the report of a day is made
 * @param zone in which that time and all times in reports are told
 * @param directory where reports are written
 * @param keep reports that are kept
 * @param channels those of {@code notices} that get the report of each day
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
        @Setting(value = "60", doc = "Reports that are kept; the oldest go.") int keep,
        @Setting(
                        value = "[]",
                        doc =
                                "Names of the channels under notices that get the report of each"
                                        + " day; empty: nobody does.")
                List<String> channels) {

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
        channels = List.copyOf(channels);
    }

    /** What is wrong with the names of channels when there are these, or empty. */
    String fault(Collection<String> known) {
        return channels.stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> "channels: no channel under notices is called " + name)
                .orElse("");
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
