package io.penstock.exporter.sink.file;

import io.penstock.exporter.record.TextTemplate;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.nio.file.Path;

/**
 * Keys of the file sink.
 *
 * @param directory where the files appear
 * @param format form of the records
 * @param template line of the format text
 * @param compression how files are packed
 * @param rollBytes size, as written, from which on a file is published
 * @param rollIntervalMs age from which on a file is published
 * @param fsync when files are forced to the disk
 * @param publishOnClose whether the file in hand is published by a clean stop
 */
public record FileSinkConfig(
        @Setting(doc = "Where the files appear; made when missing.") Path directory,
        @Setting(
                        value = "ndjson",
                        doc =
                                "ndjson, text (see template), or protobuf: frames of a varint"
                                        + " length and a penstock.record.v1.RecordBatch.")
                BodyFormat format,
        @Setting(
                        value = "$${message}",
                        doc =
                                "Line of the format text: ${field} is a value, ${time} the time,"
                                        + " $$ a dollar sign. Write $${field} in this file, which"
                                        + " has its own use of ${...}.")
                String template,
        @Setting(
                        value = "none",
                        doc =
                                "none, gzip or zstd; each delivery is a member or frame of its own,"
                                        + " which costs little with the usual deliveries of"
                                        + " megabytes.")
                Compression compression,
        @Setting(
                        value = "128MiB",
                        doc =
                                "A file this large, as it lies on the disk, is published; large"
                                        + " enough to be worth a reader's while.")
                long rollBytes,
        @Setting(
                        value = "1m",
                        doc =
                                "A file this old is published even when no record comes; how long a"
                                        + " reader waits at the most.")
                long rollIntervalMs,
        @Setting(
                        value = "delivery",
                        doc =
                                "delivery: forced to the disk before it counts as delivered; roll:"
                                        + " before a file is published; never. delivery, since"
                                        + " what was delivered leaves the ring.")
                FsyncPolicy fsync,
        @Setting(
                        value = "true",
                        doc =
                                "Publish the file in hand on a clean stop. Off: it stays a .part"
                                        + " and is continued by the next start.")
                boolean publishOnClose) {

    static final long MIN_ROLL_INTERVAL_MS = 100;
    static final long MAX_ROLL_INTERVAL_MS = 7L * 24 * 3600 * 1000;

    /** Checks the values. */
    public FileSinkConfig {
        if (format == BodyFormat.JSON_ARRAY) {
            throw new IllegalArgumentException(
                    "format: json_array cannot be appended to; use ndjson");
        }
        if (format == BodyFormat.TEXT) {
            check(template);
        }
        Require.between("roll_bytes", rollBytes, 1, Long.MAX_VALUE);
        if (rollIntervalMs < MIN_ROLL_INTERVAL_MS || rollIntervalMs > MAX_ROLL_INTERVAL_MS) {
            throw new IllegalArgumentException(
                    "roll_interval_ms: must be "
                            + MIN_ROLL_INTERVAL_MS
                            + " ms to 7 days, is "
                            + rollIntervalMs);
        }
    }

    private static void check(String template) {
        try {
            new TextTemplate(template);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("template: " + unreadable.getMessage(), unreadable);
        }
    }
}
