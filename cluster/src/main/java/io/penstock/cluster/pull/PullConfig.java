package io.penstock.cluster.pull;

import io.penstock.model.Require;
import io.penstock.model.Setting;

/**
 * How often a node looks for a newer table.
 *
 * @param refreshMs between reads of the shared map
 * @param storeRefreshMs between reads of the store while the shared map does not serve
 * @param storeCheckMs between reads of the store while it does
 * @param jitter how far each of these varies
 * @param sharedDeadlineMs when a read of the shared map counts as failed
 * @param storeDeadlineMs when a read of the store counts as failed
 * @param storeReadsPerMinute most reads of the store, whatever happens
 */
public record PullConfig(
        @Setting(
                        value = "5000",
                        doc =
                                "Age at which a node looks into the shared map again; a leader's hint"
                                        + " comes before.")
                int refreshMs,
        @Setting(
                        value = "30000",
                        doc = "The same for the store, while the shared map does not serve.")
                int storeRefreshMs,
        @Setting(
                        value = "300000",
                        doc =
                                "The same while it does: a map that serves an old table is found out"
                                        + " after this time.")
                int storeCheckMs,
        @Setting(
                        value = "0.2",
                        doc = "Share by which each time varies, so that nodes do not ask together.")
                double jitter,
        @Setting(value = "1000", doc = "Time after which a read of the shared map has failed.")
                int sharedDeadlineMs,
        @Setting(value = "10000", doc = "Time after which a read of the store has failed.")
                int storeDeadlineMs,
        @Setting(
                        value = "6",
                        doc = "Most reads of the store in a minute, hints and failures included.")
                int storeReadsPerMinute) {

    private static final int MIN_MS = 10;
    private static final int MAX_MS = 3_600_000;
    private static final double MAX_JITTER = 0.9;
    private static final int MAX_READS = 60;

    /** Checks ranges and that the times are in order. */
    public PullConfig {
        checkTime(refreshMs, "refresh_ms");
        checkTime(storeRefreshMs, "store_refresh_ms");
        checkTime(storeCheckMs, "store_check_ms");
        checkTime(sharedDeadlineMs, "shared_deadline_ms");
        checkTime(storeDeadlineMs, "store_deadline_ms");
        Require.that(jitter >= 0 && jitter <= MAX_JITTER, "jitter must be 0 to " + MAX_JITTER);
        Require.that(
                storeCheckMs >= storeRefreshMs,
                "store_check_ms must not be less than store_refresh_ms");
        Require.that(
                storeReadsPerMinute > 0 && storeReadsPerMinute <= MAX_READS,
                "store_reads_per_minute must be 1 to " + MAX_READS);
    }

    /** The defaults. */
    public static PullConfig standard() {
        return new PullConfig(5_000, 30_000, 300_000, 0.2, 1_000, 10_000, 6);
    }

    /**
     * How old a node's table can be by the shared map: what the map had all that time, reachable
     * all that time, the node has. The sum of a read that got lost, the age at which it is read
     * again, and its answer.
     */
    public long sharedBoundNs() {
        return bound(sharedDeadlineMs, refreshMs);
    }

    /**
     * The same for the store.
     *
     * @param sharedServes false when the shared map did not serve all that time
     */
    public long storeBoundNs(boolean sharedServes) {
        long wait = ReadBudget.perMinute(storeReadsPerMinute, 0).spacingNs();
        return sharedServes
                ? wait + bound(storeDeadlineMs, storeCheckMs)
                : wait
                        + bound(storeDeadlineMs, storeRefreshMs)
                        + bound(sharedDeadlineMs, refreshMs);
    }

    private long bound(int deadlineMs, int ageMs) {
        double ms = (LevelReads.LOST_AFTER_DEADLINES + 1.0) * deadlineMs + ageMs * (1 + jitter);
        return (long) (ms * LevelReads.MS_NS);
    }

    private static void checkTime(int ms, String key) {
        Require.that(ms >= MIN_MS && ms <= MAX_MS, key + " must be " + MIN_MS + " to " + MAX_MS);
    }
}
