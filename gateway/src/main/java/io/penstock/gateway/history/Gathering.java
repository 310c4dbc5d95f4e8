package io.penstock.gateway.history;

import io.penstock.gateway.history.LongGauge.Owner;
import java.util.List;

/**
 * An interval that is not over.
 *
 * <p>Threading: guarded by {@link Archive}.
 */
final class Gathering {
    private final List<LongGauge> gauges;
    private final long slot;
    private final double[] gathered;

    /** Seconds for which each value is known: one that began late is a mean of less. */
    private final double[] known;

    private double seconds;

    Gathering(Owner owner, long slot) {
        this.gauges = owner.gauges();
        this.slot = slot;
        this.gathered = new double[gauges.size()];
        this.known = new double[gauges.size()];
    }

    /** Goes on with what a process before this one gathered. */
    Gathering(Owner owner, Cell before) {
        this(owner, before.slot());
        seconds = before.seconds();
        for (int i = 0; i < gathered.length; i++) {
            float value = before.values()[i];
            if (!Float.isNaN(value)) {
                known[i] = seconds;
                boolean isMean = gauges.get(i).how() == LongGauge.How.MEAN;
                gathered[i] = isMean ? value * seconds : value;
            }
        }
    }

    long slot() {
        return slot;
    }

    /**
     * Takes in some seconds.
     *
     * @param values in the order of the gauges; NaN for what is not known
     */
    void add(double elapsed, double[] values) {
        seconds += elapsed;
        for (int i = 0; i < gathered.length; i++) {
            if (!Double.isNaN(values[i])) {
                boolean first = known[i] == 0;
                gathered[i] =
                        switch (gauges.get(i).how()) {
                            case MEAN -> gathered[i] + values[i] * elapsed;
                            case SUM -> gathered[i] + values[i];
                            case MAX -> first ? values[i] : Math.max(gathered[i], values[i]);
                            case MIN -> first ? values[i] : Math.min(gathered[i], values[i]);
                        };
                known[i] += elapsed;
            }
        }
    }

    Cell cell() {
        float[] values = new float[Cell.VALUES];
        for (int i = 0; i < values.length; i++) {
            if (i >= gathered.length || known[i] == 0) {
                values[i] = Float.NaN;
            } else {
                boolean isMean = gauges.get(i).how() == LongGauge.How.MEAN;
                values[i] = (float) (isMean ? gathered[i] / known[i] : gathered[i]);
            }
        }
        return new Cell(slot, (float) seconds, values);
    }
}
