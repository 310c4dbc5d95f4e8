package io.penstock.exporter.pressure;

import java.util.Map;

/**
 * The limits of one export at a moment.
 *
 * <p>Threading: immutable.
 *
 * @param concurrencyLimit deliveries that may be in flight
 * @param batchLimitBytes bytes that a delivery may have
 * @param changes moves of either limit since the export was started, by signal
 * @param rateHeldMs time during which a rate held deliveries back
 * @param lastChange the last move in words, or empty
 */
public record PressureStats(
        int concurrencyLimit,
        long batchLimitBytes,
        Map<Signal, Long> changes,
        long rateHeldMs,
        String lastChange) {

    /** Of an export that does not run. */
    public static PressureStats none() {
        return new PressureStats(0, 0, Map.of(), 0, "");
    }
}
