package io.penstock.exporter.sink.object;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Keys of an export's objects: {@code prefix/repo/dt=YYYY-MM-DD/hour=HH/export-range.suffix}, the
 * hour in UTC.
 *
 * <p>Threading: immutable.
 *
 * @param root prefix and repo, ended by '/'
 * @param export name of the export, as file names allow it
 * @param suffix what names end with, dots included
 */
record ObjectKeys(String root, String export, String suffix) {

    private static final long HOUR_SECONDS = 3600;

    static ObjectKeys of(String prefix, String repo, String export, String suffix) {
        String before = prefix.isEmpty() ? "" : prefix + "/";
        return new ObjectKeys(
                before + repo + "/", export.replaceAll("[^A-Za-z0-9._@-]", "_"), suffix);
    }

    private String directory(long hour) {
        LocalDateTime start =
                LocalDateTime.ofInstant(Instant.ofEpochSecond(hour * HOUR_SECONDS), ZoneOffset.UTC);
        return String.format(
                Locale.ROOT,
                "%sdt=%04d-%02d-%02d/hour=%02d/",
                root,
                start.getYear(),
                start.getMonthValue(),
                start.getDayOfMonth(),
                start.getHour());
    }

    /** The key of a window. */
    String file(long hour, DeliveryRange range) {
        return directory(hour) + export + "-" + range + suffix;
    }

    /** The key of the marker of an hour. */
    String marker(long hour, String name) {
        return directory(hour) + name;
    }
}
