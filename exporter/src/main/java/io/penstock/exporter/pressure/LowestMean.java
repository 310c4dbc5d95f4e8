package io.penstock.exporter.pressure;

/**
 * The lowest mean response time of the last minutes, and whether it was measured at more than one
 * level: the response time without a queue, as far as it is known. It ages, since targets change.
 *
 * <p>Threading: confined to the export's context.
 */
final class LowestMean {
    /** A value is forgotten after one to two of these. */
    private static final long AGE_NS = 150_000_000_000L;

    private static final int NONE = 0;
    private static final int SEVERAL = -1;

    /** Means measured since a moment. */
    private static final class Generation {
        private double ns = Double.POSITIVE_INFINITY;
        private int level = NONE;
    }

    private Generation young = new Generation();
    private Generation old = new Generation();
    private long sinceNs;
    private boolean begun;

    void note(long nowNs, int level, double meanNs) {
        age(nowNs);
        young.ns = Math.min(young.ns, meanNs);
        young.level = merge(young.level, level);
    }

    /** The lowest mean, infinite when there is none. */
    double ns(long nowNs) {
        age(nowNs);
        return Math.min(young.ns, old.ns);
    }

    /** Whether nothing is known of any other level. */
    boolean isOnly(long nowNs, int level) {
        age(nowNs);
        int all = merge(young.level, old.level);
        return all == NONE || all == level;
    }

    private static int merge(int one, int other) {
        if (one == NONE || other == NONE) {
            return one + other;
        }
        return one == other ? one : SEVERAL;
    }

    void clear() {
        young = new Generation();
        old = new Generation();
    }

    private void age(long nowNs) {
        if (!begun) {
            begun = true;
            sinceNs = nowNs;
        }
        if (nowNs - sinceNs > AGE_NS) {
            boolean both = nowNs - sinceNs > 2 * AGE_NS;
            old = both ? new Generation() : young;
            young = new Generation();
            sinceNs = nowNs;
        }
    }
}
