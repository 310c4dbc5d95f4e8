package io.penstock.gateway.history;

import io.penstock.exporter.fanout.ExportStats;
import java.util.List;
import java.util.Map;

/**
 * What moved in a second, and what waited at its end.
 *
 * @param timeMs when it ended, since the epoch
 * @param perSecond by {@code repo/} as {@link #REPO}, by {@code repo/export} as {@link #EXPORT}
 * @param node gauges of the node, as {@link History#NODE}
 * @param exports every export that runs, as it stood at its end
 */
public record Round(
        long timeMs,
        Map<String, double[]> perSecond,
        List<Double> node,
        List<ExportStats> exports) {
    /** What moves in a repo. */
    public static final List<String> REPO = List.of("accepted_per_s", "staged_bytes_per_s");

    /** What moves in an export. */
    public static final List<String> EXPORT =
            List.of("delivered_per_s", "delivered_bytes_per_s", "failures_per_s");
}
