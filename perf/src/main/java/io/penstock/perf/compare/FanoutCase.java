package io.penstock.perf.compare;

import java.util.Map;

/**
 * What a gateway with some exports of one repo did, over all rounds.
 *
 * @param name names of the exports
 * @param records records that each export delivered
 * @param ingestPerS records acknowledged per second while the load ran
 * @param cpuSeconds CPU of the whole gateway from the first request until all is delivered
 * @param drainSeconds from the last request of a round until all was delivered, the longest
 * @param lagBytes the most that each export was behind while the load ran
 */
public record FanoutCase(
        String name,
        long records,
        double ingestPerS,
        double cpuSeconds,
        double drainSeconds,
        Map<String, Long> lagBytes) {

    /** CPU from the wire to all targets. */
    public double cpuPerMillion() {
        return cpuSeconds / (records / 1e6);
    }
}
