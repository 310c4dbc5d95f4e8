package io.penstock.exporter.stage;

import io.penstock.model.Setting;

/**
 * Keys {@code sync.*}: the group commit of this node.
 *
 * <p>Threading: immutable.
 *
 * @param intervalMs pause between two rounds
 */
public record SyncConfig(
        @Setting(
                        value = "2",
                        doc =
                                "Batches that ask for SYNCED and arrive within so many milliseconds share one"
                                        + " force of the disk. 0 forces as soon as the last force is over.")
                long intervalMs) {

    /** Checks ranges. */
    public SyncConfig {
        if (intervalMs < 0 || intervalMs > 1000) {
            throw new IllegalArgumentException(
                    "sync.interval_ms must lie between 0 and 1000, not " + intervalMs);
        }
    }

    /** Every key at its default. */
    public static SyncConfig defaults() {
        return new SyncConfig(2);
    }
}
