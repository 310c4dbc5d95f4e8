package io.penstock.exporter.stage;

import io.penstock.model.Setting;

/**
 * Keys {@code sync.*}: the group commit of this node.
 *
 * <p>Threading: immutable.
 *
 * @param intervalMs from the start of a round to that of the next, at the least
 */
public record SyncConfig(
        @Setting(
                        value = "2",
                        doc =
                                "Milliseconds from the start of one force of the disk to the next at the least;"
                                        + " batches that ask for SYNCED meanwhile share it. One that comes alone"
                                        + " is forced at once.")
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
