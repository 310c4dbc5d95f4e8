package io.penstock.exporter.pressure;

/**
 * Response times and bytes of deliveries that came back while a limit was in full use, until they
 * say enough.
 *
 * <p>With N deliveries in flight all the time and a mean response time R, a target completes N / R
 * deliveries per second (Little's law: J. D. C. Little, Operations Research 9(3), 1961). So the
 * throughput at a limit follows from the response times alone, and its error from their spread,
 * however the answers come in bursts.
 *
 * <p>Threading: confined to the export's context.
 */
final class Measure {
    private static final int MIN_ANSWERS = 8;
    private static final int MAX_ANSWERS = 200;

    /** Standard error of the mean, relative, that is good enough to remember. */
    private static final double GOOD_ERROR = 0.02;

    /** A difference of so many standard errors is believed. */
    private static final double BELIEVED_ERRORS = 2.5;

    /** Of this many answers a quarter may come while the limit is not in full use. */
    private static final int MIN_IDLE = 4;

    private int limit = 1;
    private int skip;
    private int answers;
    private int idle;
    private double sumNs;
    private double sumSquares;
    private double sumBytes;

    /**
     * Begins anew.
     *
     * @param limit deliveries in flight from now on
     * @param before deliveries in flight that belong to what was before: they are not counted
     */
    void restart(int limit, int before) {
        this.limit = limit;
        skip = before;
        answers = 0;
        idle = 0;
        sumNs = 0;
        sumSquares = 0;
        sumBytes = 0;
    }

    /** A delivery came back. */
    void answered(long tookNs, long bytes, boolean inFullUse) {
        if (skip > 0) {
            skip--;
            return;
        }
        answers++;
        idle += inFullUse ? 0 : 1;
        sumNs += tookNs;
        sumSquares += (double) tookNs * tookNs;
        sumBytes += bytes;
    }

    /** Whether the limit was not in full use: then the numbers say nothing about it. */
    boolean isIdle() {
        return idle >= MIN_IDLE && idle * 4 > answers;
    }

    /** Whether the numbers are exact enough, or cannot be much better. */
    boolean isFull() {
        return answers >= Math.max(MIN_ANSWERS, limit)
                && (answers >= Math.max(MAX_ANSWERS, 4 * limit) || error() <= GOOD_ERROR);
    }

    /** Whether it is clear on which side of a threshold the throughput lies. */
    boolean tellsFrom(double threshold) {
        return isFull()
                || (answers >= Math.max(MIN_ANSWERS, limit)
                        && Math.abs(throughput() / threshold - 1) > BELIEVED_ERRORS * error());
    }

    /** Standard error of the mean, relative to it. */
    private double error() {
        double mean = meanNs();
        double variance = Math.max(0, sumSquares / answers - mean * mean);
        return mean <= 0 ? 0 : Math.sqrt(variance / answers) / mean;
    }

    /** Answers that count. */
    int answers() {
        return answers;
    }

    /** Mean response time. */
    double meanNs() {
        return sumNs / answers;
    }

    /** Bytes per second at the limit. */
    double throughput() {
        return limit * sumBytes / Math.max(1, sumNs) * 1e9;
    }
}
