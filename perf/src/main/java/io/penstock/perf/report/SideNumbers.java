package io.penstock.perf.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * One side's numbers, of one round or as medians of several. Threading: immutable.
 *
 * @param values a number for every {@link Metric}
 */
public record SideNumbers(Map<Metric, Double> values) {
    /** Every metric has a number. */
    public SideNumbers {
        if (values.size() != Metric.values().length) {
            throw new IllegalArgumentException("numbers are missing: " + values.keySet());
        }
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /** A number. */
    public double get(Metric metric) {
        return Objects.requireNonNull(values.get(metric));
    }

    /** The median of each metric by itself. */
    public static SideNumbers median(List<SideNumbers> rounds) {
        return each(metric -> median(of(rounds, metric)));
    }

    /** The smallest of each metric. */
    public static SideNumbers least(List<SideNumbers> rounds) {
        return each(metric -> of(rounds, metric)[0]);
    }

    /** The largest of each metric. */
    public static SideNumbers most(List<SideNumbers> rounds) {
        return each(metric -> of(rounds, metric)[rounds.size() - 1]);
    }

    private static SideNumbers each(ToDoubleFunction<Metric> number) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            values.put(metric, number.applyAsDouble(metric));
        }
        return new SideNumbers(values);
    }

    private static double[] of(List<SideNumbers> rounds, Metric metric) {
        return rounds.stream().mapToDouble(round -> round.get(metric)).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
