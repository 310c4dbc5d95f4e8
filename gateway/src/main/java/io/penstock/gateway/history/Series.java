package io.penstock.gateway.history;

import org.jspecify.annotations.Nullable;

/**
 * What one thing did in the last hours: a value per gauge and second for the last minutes, and per
 * ten seconds for the last hours. Rates are averaged into the coarse values, everything else keeps
 * its largest, so that a peak stays visible.
 *
 * <p>Threading: guarded by {@link History}.
 */
final class Series {
    /** Values of a gauge, one a second. */
    static final int FINE = 600;

    /** Values of a gauge, one for {@link #STEP} seconds each. */
    static final int COARSE = 2160;

    /** Seconds in a coarse value. */
    static final int STEP = 10;

    /** Most gauges. */
    static final int GAUGES = 7;

    /** Most that one takes. */
    static final int BYTES = GAUGES * (FINE + COARSE) * Float.BYTES;

    private final int rates;
    private final float[][] fine;
    private final float[][] coarse;
    private final double[] gathered;
    private long lastBusySecond;
    private long first = -1;
    private long second = -1;

    /**
     * A series of so many gauges.
     *
     * @param rates how many of them, from the first, are rates
     */
    Series(int gauges, int rates) {
        this.rates = rates;
        this.fine = new float[gauges][FINE];
        this.coarse = new float[gauges][COARSE];
        this.gathered = new double[gauges];
    }

    /** The values of a second; seconds that were left out have none. */
    void add(long now, double[] values, boolean busy) {
        if (busy || first < 0) {
            lastBusySecond = now;
        }
        if (first < 0) {
            first = now;
            second = now - 1;
        }
        for (long missed = Math.max(second + 1, now - FINE); missed < now; missed++) {
            set(missed, null);
        }
        set(now, values);
        second = now;
    }

    private void set(long now, double @Nullable [] values) {
        int part = (int) (now % STEP);
        for (int gauge = 0; gauge < fine.length; gauge++) {
            float value = values == null ? Float.NaN : (float) values[gauge];
            fine[gauge][(int) (now % FINE)] = value;
            double counted = Float.isNaN(value) ? 0 : value;
            double before = part == 0 ? 0 : gathered[gauge];
            gathered[gauge] = gauge < rates ? before + counted / STEP : Math.max(before, counted);
            if (part == STEP - 1) {
                coarse[gauge][(int) (now / STEP % COARSE)] = (float) gathered[gauge];
            }
        }
    }

    /** When something last moved, in seconds since the epoch. */
    long lastBusySecond() {
        return lastBusySecond;
    }

    /** The second of the last value. */
    long second() {
        return second;
    }

    /** The last values of a gauge, oldest first; NaN where there is none. */
    float[] last(int gauge, boolean isFine) {
        int length = isFine ? FINE : COARSE;
        int step = isFine ? 1 : STEP;
        long end = isFine ? second : (second + 1) / STEP - 1;
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            long slot = end - length + 1 + i;
            // the first coarse value would be of a part of its seconds
            boolean known = slot >= 0 && slot * step >= first;
            values[i] = known ? (isFine ? fine : coarse)[gauge][(int) (slot % length)] : Float.NaN;
        }
        return values;
    }
}
