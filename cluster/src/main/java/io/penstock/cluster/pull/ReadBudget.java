package io.penstock.cluster.pull;

/**
 * At most so many reads in any minute, two of them at once: the generic cell rate algorithm (ITU-T
 * I.371) with a burst of two.
 *
 * <p>Threading: confined to the puller's thread.
 */
final class ReadBudget {

    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int BURST = 2;

    private final long spacingNs;
    private final long toleranceNs;

    /** When the next read would come if all of them kept their spacing. */
    private long expectedNs;

    private ReadBudget(long spacingNs, long toleranceNs, long nowNs) {
        this.spacingNs = spacingNs;
        this.toleranceNs = toleranceNs;
        this.expectedNs = nowNs;
    }

    static ReadBudget perMinute(int reads, long nowNs) {
        int burst = Math.min(BURST, Math.max(1, reads - 1));
        long spacingNs = MINUTE_NS / Math.max(1, reads - burst);
        return new ReadBudget(spacingNs, spacingNs * (burst - 1), nowNs);
    }

    long spacingNs() {
        return spacingNs;
    }

    /** When the next read may start, at the earliest. */
    long freeNs() {
        return expectedNs - toleranceNs;
    }

    void take(long nowNs) {
        expectedNs = Math.max(expectedNs, nowNs) + spacingNs;
    }
}
