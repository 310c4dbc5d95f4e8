package io.penstock.exporter.stage;

import io.penstock.model.Setting;

/**
 * Keys {@code staging.*}: what all repos of this node may hold together.
 *
 * <p>Threading: immutable.
 *
 * @param maxBytes staged bytes on this node
 * @param maxRepos repos known
 * @param maxOpenRepos repos open at once
 * @param ackTimeoutMs longest wait for an acknowledgement
 * @param maxAckWaiters acknowledgements awaited per event loop
 * @param roomWaitMs patience with a segment that is being made ready
 */
public record StagingConfig(
        @Setting(
                        value = "8GiB",
                        doc =
                                "Staged bytes of all repos together, parked ones included, and disk for their"
                                        + " segment files; beyond it batches are refused until something drains.")
                long maxBytes,
        @Setting(
                        value = "100000",
                        doc = "Repos that may exist on this node; a push cannot create more.")
                int maxRepos,
        @Setting(
                        value = "256",
                        doc =
                                "Repos open at the same time; each takes two segments of disk or more:"
                                        + " 256 * 2 * 16MiB = 8GiB = staging.max_bytes. Beyond it drained ones are"
                                        + " closed early.")
                int maxOpenRepos,
        @Setting(
                        value = "30000",
                        doc =
                                "Longest wait for a SYNCED or DELIVERED acknowledgement; after it the client"
                                        + " is told to ask again with the same sequence.")
                long ackTimeoutMs,
        @Setting(
                        value = "65536",
                        doc =
                                "Acknowledgements awaited per event loop; beyond it batches that ask for more"
                                        + " than STAGED are refused.")
                int maxAckWaiters,
        @Setting(
                        value = "1000",
                        doc =
                                "How long batches wait for the next segment while the disk budget is not"
                                        + " spent, before they are refused.")
                long roomWaitMs) {

    /** Checks ranges. */
    public StagingConfig {
        atLeast("staging.max_bytes", maxBytes, RingConfig.MIN_SEGMENT_BYTES);
        atLeast("staging.max_repos", maxRepos, 1);
        atLeast("staging.max_open_repos", maxOpenRepos, 1);
        atLeast("staging.ack_timeout_ms", ackTimeoutMs, 1);
        atLeast("staging.max_ack_waiters", maxAckWaiters, 1);
        atLeast("staging.room_wait_ms", roomWaitMs, 1);
    }

    /** Every key at its default. */
    public static StagingConfig defaults() {
        return new StagingConfig(8L << 30, 100_000, 256, 30_000, 65_536, 1_000);
    }

    private static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    key + " must be at least " + least + ", not " + value);
        }
    }
}
