package io.penstock.gateway.config;

import io.penstock.model.Require;
import io.penstock.model.Setting;

/**
 * Keys {@code capacity.*}.
 *
 * <p>Threading: immutable.
 *
 * @param high part in use above which a node more is wanted
 * @param low part in use below which one less would do
 * @param upMs how long it must be above
 * @param downMs how long it must be below
 * @param webhook where changes are told
 */
public record CapacityConfig(
        @Setting(
                        value = "0.8",
                        doc =
                                "Part of the tightest of CPU, memory, disk budget and network above"
                                        + " which a node more is wanted.")
                double high,
        @Setting(
                        value = "0.5",
                        doc =
                                "A node less is wanted where the others would then be below this"
                                        + " part.")
                double low,
        @Setting(value = "5m", doc = "How long it must be above high.") long upMs,
        @Setting(value = "30m", doc = "How long it must be below low.") long downMs,
        @Setting(
                        value = "\"\"",
                        doc =
                                "URL that is told by POST when the number of nodes wanted changes"
                                        + " (docs/capacity.md). Empty: nobody; the metric"
                                        + " penstock_capacity_wanted_nodes says it as well.",
                        secret = true)
                String webhook) {
    /** Checks ranges. */
    public CapacityConfig {
        Require.that(high > 0 && high <= 1, "high: a part, above 0 and at most 1");
        Require.that(low > 0 && low < high, "low: a part, above 0 and below high");
        Require.that(upMs >= 0 && upMs <= 86_400_000, "up_ms: at most a day");
        Require.that(downMs >= 0 && downMs <= 86_400_000, "down_ms: at most a day");
        Require.that(
                webhook.isEmpty() || webhook.matches("https?://\\S+"),
                "webhook: a URL that begins with http:// or https://");
    }
}
