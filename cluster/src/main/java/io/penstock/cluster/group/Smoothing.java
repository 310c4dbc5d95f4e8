package io.penstock.cluster.group;

import io.penstock.cluster.task.Units;

/**
 * How fast a task's need follows what is measured: an exponentially weighted mean over time, quick
 * upwards (a task that needs more needs it now) and slow downwards (a lull is not a trend). After
 * one half-life half of a change has been taken over: {@code need + (measured - need) x (1 - 2^(-dt
 * / half-life))}.
 *
 * <p>Threading: immutable.
 *
 * @param riseHalfLifeMs half-life of a rise; 0: at once
 * @param fallHalfLifeMs half-life of a fall; 0: at once
 */
public record Smoothing(long riseHalfLifeMs, long fallHalfLifeMs) {

    /** Half of a rise within 15 s, half of a fall within two minutes. */
    public static final Smoothing DEFAULT = new Smoothing(15_000, 120_000);

    /** Both are 0 or more. */
    public Smoothing {
        if (riseHalfLifeMs < 0 || fallHalfLifeMs < 0) {
            throw new IllegalArgumentException("a half-life is negative");
        }
    }

    /** The smoothed need after another measurement, {@code elapsedMs} after the last. */
    public Units next(Units smoothed, Units measured, long elapsedMs) {
        return smoothed.with(measured, (was, is) -> next(was, is, elapsedMs));
    }

    /** The same for one number. */
    public double next(double smoothed, double measured, long elapsedMs) {
        long halfLifeMs = measured > smoothed ? riseHalfLifeMs : fallHalfLifeMs;
        if (halfLifeMs == 0) {
            return measured;
        }
        double taken = 1 - Math.pow(2, -(double) Math.max(0, elapsedMs) / halfLifeMs);
        return smoothed + (measured - smoothed) * taken;
    }
}
