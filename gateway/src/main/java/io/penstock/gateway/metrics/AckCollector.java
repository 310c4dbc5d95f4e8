package io.penstock.gateway.metrics;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.MetricRegistry;
import io.penstock.gateway.catalog.IngressMetric;
import io.penstock.model.AckLevel;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How long receipts take, by level. The histograms stand in the registry too, under {@code
 * penstock_ack_seconds.<level>}, in nanoseconds.
 *
 * <p>Threading: any thread.
 */
public final class AckCollector implements Collector {
    private final Map<AckLevel, LatencyReservoir> reservoirs = new EnumMap<>(AckLevel.class);
    private final Map<AckLevel, Histogram> histograms = new EnumMap<>(AckLevel.class);

    /** Registers the histograms. */
    public AckCollector(MetricRegistry registry) {
        for (AckLevel level : AckLevel.values()) {
            LatencyReservoir reservoir = new LatencyReservoir();
            reservoirs.put(level, reservoir);
            histograms.put(
                    level,
                    registry.register(
                            MetricRegistry.name(
                                    IngressMetric.ACK_SECONDS.metricName(), word(level)),
                            new Histogram(reservoir)));
        }
    }

    /** Where {@link TimedIntake} counts. */
    public Map<AckLevel, Histogram> histograms() {
        return Map.copyOf(histograms);
    }

    @Override
    public void collect(PrometheusText page) {
        page.family(IngressMetric.ACK_SECONDS);
        reservoirs.forEach(
                (level, values) -> page.histogram(IngressMetric.ACK_SECONDS, values, word(level)));
    }

    private static String word(AckLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
