package io.penstock.exporter.sink.object;

import io.penstock.exporter.objectstore.s3.S3Config;
import io.penstock.exporter.parquet.ParquetSettings;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Keys of the object sink.
 *
 * @param target where objects go
 * @param prefix what keys begin with
 * @param format what an object holds
 * @param compression how it is packed
 * @param targetBytes staged size from which on a window is published
 * @param maxAgeMs age from which on a window is published
 * @param maxOpenWindows hours that grow at the same time
 * @param maxSealedWindows windows that wait for being published
 * @param maxStagedBytes rows on the local disk
 * @param minFreeBytes room left on the local disk
 * @param rowGroupBytes memory for a row group of Parquet
 * @param maxEncodes encodes at once on the node
 * @param marker name of the marker of a complete hour
 * @param markerGraceMs how long after its end an hour is complete
 * @param publishOnClose whether a clean stop publishes what is staged
 * @param s3 how a bucket is reached
 */
public record ObjectSinkConfig(
        @Setting(doc = "file:///directory or s3://bucket: where the objects go.") String target,
        @Setting(
                        value = "\"\"",
                        doc =
                                "What keys begin with: prefix/repo/dt=YYYY-MM-DD/hour=HH/... by the"
                                        + " time of the records, in UTC.")
                String prefix,
        @Setting(
                        value = "parquet",
                        doc = "parquet, ndjson (a JSON object per line) or csv (with a header).")
                ObjectFormat format,
        @Setting(
                        value = "zstd",
                        doc =
                                "none, gzip, zstd, or snappy (parquet only). zstd, which is small and quick to"
                                        + " write; the others for readers that lack it.")
                ObjectCompression compression,
        @Setting(
                        value = "1GiB",
                        doc =
                                "An object is published when its rows take so much on the local disk;"
                                        + " readers want few large ones.")
                long targetBytes,
        @Setting(
                        value = "5m",
                        doc =
                                "... or are so old, even when no record comes; how long a reader waits at"
                                        + " the most.")
                long maxAgeMs,
        @Setting(
                        value = "64",
                        doc =
                                "Hours of records that grow at the same time; one more and the oldest is"
                                        + " published early.")
                int maxOpenWindows,
        @Setting(
                        value = "8",
                        doc =
                                "Objects that wait for being encoded and published. When all places are"
                                        + " taken, deliveries are put off and stay in the ring.")
                int maxSealedWindows,
        @Setting(
                        value = "16GiB",
                        doc = "Rows on the local disk, beyond which deliveries are put off.")
                long maxStagedBytes,
        @Setting(
                        value = "256MiB",
                        doc =
                                "Deliveries are put off while the local disk has less free, so that what is"
                                        + " staged can still be encoded.")
                long minFreeBytes,
        @Setting(
                        value = "32MiB",
                        doc =
                                "Memory in which a row group of Parquet is collected; an encode takes about"
                                        + " twice that.")
                long rowGroupBytes,
        @Setting(
                        value = "0",
                        doc =
                                "An encode of this export starts only while fewer than so many run on the"
                                        + " node; 0 is half of the cores.")
                int maxEncodes,
        @Setting(
                        value = "_SUCCESS",
                        doc =
                                "Name of the empty object that says that an hour is complete; empty for"
                                        + " none.")
                String marker,
        @Setting(
                        value = "10m",
                        doc =
                                "How long after its end an hour counts as complete. Later records still go"
                                        + " to their own hour.")
                long markerGraceMs,
        @Setting(
                        value = "true",
                        doc =
                                "Publish what is staged on a clean stop. Off: it goes on growing after the"
                                        + " next start.")
                boolean publishOnClose,
        @Setting(value = "{}", doc = "How the bucket of an s3 target is reached.") S3Config s3) {

    static final long MAX_AGE_MS = 7L * 24 * 3600 * 1000;
    static final int MOST_WINDOWS = 1024;
    static final long MAX_ROW_GROUP_BYTES = 512L << 20;

    /** Checks the values. */
    public ObjectSinkConfig {
        checkTarget(target);
        if (prefix.startsWith("/") || prefix.endsWith("/") || prefix.contains("..")) {
            throw new IllegalArgumentException(
                    "prefix: has no / at its ends and no .., is " + prefix);
        }
        if (compression == ObjectCompression.SNAPPY && format != ObjectFormat.PARQUET) {
            throw new IllegalArgumentException("compression: snappy is for parquet");
        }
        Require.between("target_bytes", targetBytes, 1, Long.MAX_VALUE);
        Require.between("max_age_ms", maxAgeMs, 100, MAX_AGE_MS);
        Require.between("max_open_windows", maxOpenWindows, 1, MOST_WINDOWS);
        Require.between("max_sealed_windows", maxSealedWindows, 1, MOST_WINDOWS);
        Require.between("max_staged_bytes", maxStagedBytes, 1, Long.MAX_VALUE);
        Require.between("min_free_bytes", minFreeBytes, 0, Long.MAX_VALUE);
        Require.between(
                "row_group_bytes",
                rowGroupBytes,
                ParquetSettings.MIN_ROW_GROUP_BYTES,
                MAX_ROW_GROUP_BYTES);
        Require.between("max_encodes", maxEncodes, 0, MOST_WINDOWS);
        if (marker.contains("/")) {
            throw new IllegalArgumentException("marker: is a name without /, is " + marker);
        }
        Require.between("marker_grace_ms", markerGraceMs, 0, MAX_AGE_MS);
    }

    private static void checkTarget(String target) {
        URI uri = uri(target);
        boolean file =
                "file".equals(uri.getScheme()) && uri.getPath() != null && uri.getHost() == null;
        boolean bucket =
                "s3".equals(uri.getScheme())
                        && uri.getHost() != null
                        && String.valueOf(uri.getPath()).isEmpty();
        if (!file && !bucket) {
            throw new IllegalArgumentException(
                    "target: must be file:///directory or s3://bucket, is " + target);
        }
    }

    private static URI uri(String target) {
        try {
            return new URI(target);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("target: " + malformed.getMessage(), malformed);
        }
    }

    /** The bucket; empty for a {@code file:} target. */
    String bucket() {
        URI uri = uri(target);
        return "s3".equals(uri.getScheme()) ? uri.getHost() : "";
    }

    /** The directory of a {@code file:} target. */
    Path directory() {
        return Path.of(uri(target).getPath());
    }

    /** Encodes at once. */
    int encodes() {
        return maxEncodes == 0 ? EncodeDesk.usual() : maxEncodes;
    }
}
