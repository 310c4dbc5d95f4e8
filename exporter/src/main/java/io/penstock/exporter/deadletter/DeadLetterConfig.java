package io.penstock.exporter.deadletter;

import io.penstock.model.Setting;

/**
 * Keys {@code exports[].dead_letters.*}.
 *
 * <p>Threading: immutable.
 *
 * @param maxBytes bound of the store
 */
public record DeadLetterConfig(
        @Setting(
                        value = "256MiB",
                        doc =
                                "Disk that an export's dead letters may take. When it is spent the export waits"
                                        + " for a person to replay or drop some: nothing is lost.")
                long maxBytes) {

    /** Smallest bound. */
    public static final long MIN_BYTES = 4096;

    /** Checks ranges. */
    public DeadLetterConfig {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "dead_letters.max_bytes must be at least " + MIN_BYTES + ", not " + maxBytes);
        }
    }

    /** Every key at its default. */
    public static DeadLetterConfig defaults() {
        return new DeadLetterConfig(256L << 20);
    }
}
