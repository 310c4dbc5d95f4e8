package io.penstock.perf.report;

import java.util.Arrays;
import java.util.List;

/**
 * The rounds of one case. Both sides ran in every round, so the ratio of a round is of neighbours
 * in time.
 *
 * @param what the case
 * @param gateway numbers per round
 * @param floor numbers per round
 */
public record RunResult(RunCase what, List<SideNumbers> gateway, List<SideNumbers> floor) {
    /** The lists are fixed and of one length. */
    public RunResult {
        if (gateway.isEmpty() || gateway.size() != floor.size()) {
            throw new IllegalArgumentException("rounds: " + gateway.size() + ", " + floor.size());
        }
        gateway = List.copyOf(gateway);
        floor = List.copyOf(floor);
    }

    /** Gateway to floor by the medians. */
    public double ratio(Metric metric) {
        return over(SideNumbers.median(gateway), SideNumbers.median(floor), metric);
    }

    /** Gateway to floor in each round, sorted. */
    public double[] roundRatios(Metric metric) {
        double[] ratios = new double[gateway.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = over(gateway.get(i), floor.get(i), metric);
        }
        Arrays.sort(ratios);
        return ratios;
    }

    private static double over(SideNumbers gateway, SideNumbers floor, Metric metric) {
        return floor.get(metric) == 0 ? 0 : gateway.get(metric) / floor.get(metric);
    }
}
