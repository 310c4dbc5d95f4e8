package io.penstock.gateway.metrics;

import java.util.List;

/** The page that Prometheus reads. Threading: any thread. */
public final class MetricsPage {
    private final List<Collector> collectors;

    /** A page of these rooms, in this order. */
    public MetricsPage(List<Collector> collectors) {
        this.collectors = List.copyOf(collectors);
    }

    /** Writes the page anew. */
    public String render() {
        PrometheusText page = new PrometheusText();
        collectors.forEach(collector -> collector.collect(page));
        return page.toString();
    }

    /** The same, sample by sample. */
    public void read(SampleListener listener) {
        PrometheusText page = new PrometheusText(listener);
        collectors.forEach(collector -> collector.collect(page));
    }
}
