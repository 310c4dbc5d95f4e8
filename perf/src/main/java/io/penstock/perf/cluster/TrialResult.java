package io.penstock.perf.cluster;

import java.util.List;
import java.util.Map;

/**
 * What came of a trial.
 *
 * @param scenario its name
 * @param nodes gateways at the start
 * @param skipped why it was not run; empty when it was
 * @param counts what was counted, by name, in order
 * @param timesMs what was timed, by name, in order, in milliseconds
 * @param gapsMs the longest time without a new record at the target, by repo, in milliseconds
 * @param faults what must not be; empty when all held
 */
public record TrialResult(
        String scenario,
        int nodes,
        String skipped,
        Map<String, Long> counts,
        Map<String, Long> timesMs,
        Map<String, Long> gapsMs,
        List<String> faults) {

    /** One that was not run. */
    static TrialResult skipped(String scenario, int nodes, String why) {
        return new TrialResult(scenario, nodes, why, Map.of(), Map.of(), Map.of(), List.of());
    }

    /** {@code ok}, {@code skipped} or {@code FAULT}. */
    public String verdict() {
        if (!skipped.isEmpty()) {
            return "skipped";
        }
        return faults.isEmpty() ? "ok" : "FAULT";
    }
}
