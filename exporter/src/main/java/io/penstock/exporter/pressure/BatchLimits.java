package io.penstock.exporter.pressure;

import io.penstock.model.Setting;

/**
 * Keys {@code exports[].batch.*}: when a delivery is large or old enough to go.
 *
 * <p>Threading: immutable.
 *
 * @param maxRecords records per delivery
 * @param maxBytes bytes per delivery
 * @param lingerMs longest wait for more
 */
public record BatchLimits(
        @Setting(value = "10000", doc = "Most records in one delivery; a larger batch is sliced.")
                int maxRecords,
        @Setting(
                        value = "1MiB",
                        doc =
                                "Most bytes in one delivery, as staged; one batch alone may be larger only"
                                        + " when it is a single record.")
                long maxBytes,
        @Setting(
                        value = "200",
                        doc =
                                "How long the first batch of a delivery waits for others. 0 sends at once.")
                long lingerMs) {

    /** Checks ranges. */
    public BatchLimits {
        if (maxRecords < 1) {
            throw new IllegalArgumentException(
                    "batch.max_records must be at least 1, not " + maxRecords);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException(
                    "batch.max_bytes must be at least 1, not " + maxBytes);
        }
        if (lingerMs < 0 || lingerMs > 3_600_000) {
            throw new IllegalArgumentException(
                    "batch.linger_ms must lie between 0 and 3600000, not " + lingerMs);
        }
    }

    /** Every key at its default. */
    public static BatchLimits defaults() {
        return new BatchLimits(10_000, 1L << 20, 200);
    }

    /** Records per slice of a run: by records, and by bytes for records of average size. */
    public int recordsPerSlice(int runRecords, long runBytes) {
        long byBytes = runBytes <= maxBytes ? runRecords : runRecords * maxBytes / runBytes;
        return (int) Math.max(1, Math.min(maxRecords, byBytes));
    }
}
