package io.penstock.exporter.fanout;

import io.penstock.exporter.pressure.RetryPolicy;
import java.util.function.Function;

/**
 * How long the fan-out waits for what.
 *
 * <p>Threading: immutable.
 *
 * @param retries delays after failures of an export
 * @param landMs how long a stop waits for deliveries that are with the sink
 * @param closeMs how long a stop waits for the sink to close
 * @param lettersMs wait before dead letters that found no room are tried again
 */
record Patience(
        Function<ExportSpec, RetryPolicy> retries, long landMs, long closeMs, long lettersMs) {
    static final Patience NORMAL = new Patience(ExportSpec::backOff, 5_000, 5_000, 1_000);

    /** For the worker of a sink that blocks in a call to hear that it is to stop. */
    private static final long MARGIN_MS = 2_000;

    /** Longest wait for a verticle to stop: its deliveries, its sink, and some more. */
    long undeployMs() {
        return landMs + closeMs + MARGIN_MS;
    }
}
