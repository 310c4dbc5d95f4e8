package io.penstock.exporter.pressure;

/**
 * Notices before the first turn of deliveries is over that they queue. At a target that is slowed
 * by each delivery the last ones of a turn take many times as long as the first; to wait for them
 * before anything is learnt is to wait for minutes.
 *
 * <p>Threading: confined to the export's context.
 */
final class FirstTurn {
    /** A turn whose half is not back after so many times the quickest answer is stuck. */
    private static final int STUCK = 8;

    private long quickestNs = Long.MAX_VALUE / STUCK;
    private long restartedNs = Long.MIN_VALUE;
    private long sinceNs;
    private int answers;

    /** Another limit stands from now on. */
    void restart(long nowNs) {
        restartedNs = nowNs;
        answers = 0;
    }

    /**
     * A delivery was answered.
     *
     * @param inFullUse whether as many were in flight as may be; else there is no turn
     */
    void answered(long nowNs, long tookNs, boolean inFullUse) {
        quickestNs = Math.min(quickestNs, tookNs);
        if (!inFullUse) {
            answers = 0;
        } else if (answers++ == 0) {
            sinceNs = Math.max(restartedNs, nowNs - tookNs);
        }
    }

    /**
     * Whether less than half of a turn is back, and long after it could be.
     *
     * @param level deliveries in flight
     */
    boolean isStuck(long nowNs, int level) {
        return answers > 0 && answers < level / 2 && nowNs - sinceNs > STUCK * quickestNs;
    }

    /** Deliveries are of another size from now on. */
    void forget() {
        quickestNs = Long.MAX_VALUE / STUCK;
        answers = 0;
    }
}
