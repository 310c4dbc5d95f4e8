package io.penstock.cluster.pull;

import java.util.SplittableRandom;

/**
 * The reads of one level: one in flight at most; when the next is due by age, by a hint, and after
 * failures.
 *
 * <p>Threading: confined to the puller's thread.
 */
final class LevelReads {

    static final long MS_NS = 1_000_000;

    /** An answer that is not there after so many deadlines will not come. */
    static final int LOST_AFTER_DEADLINES = 4;

    private static final long FIRST_BACK_OFF_NS = 1_000 * MS_NS;
    private static final int MOST_DOUBLINGS = 20;

    private final long deadlineNs;
    private final long firstChaseNs;
    private final double jitter;
    private final SplittableRandom random;

    private boolean inFlight;
    private boolean overdue;
    private boolean sentEver;
    private long id;
    private long sentNs;
    private long count;

    /** Factor of the next age. */
    private double factor;

    private int failures;
    private long backOffUntilNs = Long.MIN_VALUE;
    private long chaseNs = Long.MAX_VALUE;

    LevelReads(int deadlineMs, int firstChaseMs, double jitter, SplittableRandom random) {
        this.deadlineNs = deadlineMs * MS_NS;
        this.firstChaseNs = firstChaseMs * MS_NS;
        this.jitter = jitter;
        this.random = random;
        this.factor = vary();
    }

    private double vary() {
        return 1 + jitter * (2 * random.nextDouble() - 1);
    }

    void sent(long newId, long nowNs) {
        inFlight = true;
        overdue = false;
        sentEver = true;
        id = newId;
        sentNs = nowNs;
        factor = vary();
        count++;
        if (chaseNs < Long.MAX_VALUE / 2) {
            chaseNs *= 2;
        }
    }

    boolean inFlight() {
        return inFlight;
    }

    boolean sentEver() {
        return sentEver;
    }

    boolean awaits(long answeredId) {
        return inFlight && id == answeredId;
    }

    long sentNs() {
        return sentNs;
    }

    long count() {
        return count;
    }

    /** Something newer is said to be there: look soon, then more and more seldom. */
    void chase() {
        chaseNs = firstChaseNs;
    }

    void chaseNoMore() {
        chaseNs = Long.MAX_VALUE;
    }

    /** The answer came; whether it came in time. */
    boolean answered() {
        inFlight = false;
        return !overdue;
    }

    void worked() {
        failures = 0;
        backOffUntilNs = Long.MIN_VALUE;
    }

    /** Not again before 1 s, doubled by each failure in a row, up to the age. */
    void failed(long nowNs, long ageNs) {
        long doubled = FIRST_BACK_OFF_NS << Math.min(failures, MOST_DOUBLINGS);
        failures++;
        backOffUntilNs = nowNs + (long) (Math.min(doubled, ageNs) * vary());
    }

    /** Whether a deadline has passed just now. */
    boolean expire(long nowNs) {
        if (!inFlight) {
            return false;
        }
        boolean justNow = !overdue && nowNs - sentNs >= deadlineNs;
        overdue |= justNow;
        inFlight = nowNs - sentNs < LOST_AFTER_DEADLINES * deadlineNs;
        return justNow;
    }

    /**
     * When the next read is due.
     *
     * @param firstNs when the first one is
     * @param ageNs age at which the level is read again
     */
    long dueNs(long firstNs, long ageNs) {
        if (!sentEver) {
            return chaseNs == Long.MAX_VALUE ? firstNs : Long.MIN_VALUE;
        }
        long byAge = sentNs + (long) (ageNs * factor);
        long byHint =
                chaseNs == Long.MAX_VALUE ? Long.MAX_VALUE : sentNs + Math.min(chaseNs, ageNs);
        return Math.max(backOffUntilNs, Math.min(byAge, byHint));
    }

    /** When something about the read in flight changes by itself. */
    long wakeNs() {
        return sentNs + (overdue ? LOST_AFTER_DEADLINES * deadlineNs : deadlineNs);
    }
}
