package io.penstock.gateway.report;

import io.penstock.gateway.history.Cell;
import io.penstock.gateway.history.LongGauge;
import java.util.List;

/**
 * How old the oldest record of an export was, over time: every second counts in a class of ages,
 * and a quantile is interpolated within its class, so that it is right to the class ({@link
 * LongGauge#AGE_BOUNDS_MS}). The largest is exact.
 *
 * <p>Threading: immutable.
 */
final class Ages {
    private final double[] seconds = new double[LongGauge.ages().size()];
    private final double total;
    private final double maxMs;

    Ages(List<Cell> cells) {
        double most = 0;
        double sum = 0;
        for (Cell cell : cells) {
            for (int i = 0; i < seconds.length; i++) {
                double some = LongGauge.ages().get(i).of(cell);
                seconds[i] += Double.isNaN(some) ? 0 : some;
                sum += Double.isNaN(some) ? 0 : some;
            }
            double age = LongGauge.EXPORT_AGE.of(cell);
            most = Double.isNaN(age) ? most : Math.max(most, age);
        }
        total = sum;
        maxMs = most;
    }

    double maxMs() {
        return maxMs;
    }

    /** Age that was not passed for such a part of the time. */
    double quantileMs(double part) {
        double before = 0;
        for (int i = 0; i < seconds.length; i++) {
            if (seconds[i] > 0 && before + seconds[i] >= part * total) {
                double low = i == 0 ? 0 : LongGauge.AGE_BOUNDS_MS.get(i - 1);
                boolean last = i == LongGauge.AGE_BOUNDS_MS.size();
                double high = last ? maxMs : LongGauge.AGE_BOUNDS_MS.get(i);
                double within = (part * total - before) / seconds[i];
                return Math.min(maxMs, low + (high - low) * within);
            }
            before += seconds[i];
        }
        return 0;
    }

    /** Seconds in which it was over a minute. */
    double overMinuteS() {
        double over = 0;
        for (int i = LongGauge.AGE_BOUNDS_MS.indexOf(60_000L) + 1; i < seconds.length; i++) {
            over += seconds[i];
        }
        return over;
    }
}
