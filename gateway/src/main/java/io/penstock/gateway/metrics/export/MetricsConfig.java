package io.penstock.gateway.metrics.export;

import io.penstock.model.RepoName;
import io.penstock.model.Require;
import io.penstock.model.Setting;

/**
 * What the node does with its own metrics beside {@code /metrics}.
 *
 * <p>Threading: immutable.
 *
 * @param export own metrics as records of a repo
 */
public record MetricsConfig(
        @Setting(doc = "Own metrics as records of a repo, for exports to carry; docs/metrics.md.")
                Export export) {

    /**
     * Own metrics as records.
     *
     * @param enabled whether there are any
     * @param repo where they go
     * @param intervalMs from round to round
     */
    public record Export(
            @Setting(value = "false", doc = "Whether the node writes its metrics to a repo.")
                    boolean enabled,
            @Setting(
                            value = "_penstock",
                            doc =
                                    "The repo. It is made like any other, and without an export it"
                                            + " keeps nothing.")
                    RepoName repo,
            @Setting(value = "15s", doc = "How often, 100 ms to 1 h.") long intervalMs) {
        private static final long MIN_INTERVAL_MS = 100;
        private static final long MAX_INTERVAL_MS = 3_600_000;

        /** Checks ranges. */
        public Export {
            Require.within("interval_ms", intervalMs, MIN_INTERVAL_MS, MAX_INTERVAL_MS);
        }
    }
}
