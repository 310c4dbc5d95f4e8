package io.penstock.gateway.catalog;

import java.util.List;

/**
 * What the page says of a metric before its samples.
 *
 * <p>Threading: immutable.
 *
 * @param kind its type
 * @param name its name on the page
 * @param help one sentence
 * @param labels names of its labels
 */
public record Family(Metric.Kind kind, String name, String help, List<String> labels) {
    /** Keeps the labels. */
    public Family {
        labels = List.copyOf(labels);
    }

    static Family counter(String name, String help, String... labels) {
        return new Family(Metric.Kind.COUNTER, name, help, List.of(labels));
    }

    static Family gauge(String name, String help, String... labels) {
        return new Family(Metric.Kind.GAUGE, name, help, List.of(labels));
    }

    static Family summary(String name, String help, String... labels) {
        return new Family(Metric.Kind.SUMMARY, name, help, List.of(labels));
    }

    static Family histogram(String name, String help, String... labels) {
        return new Family(Metric.Kind.HISTOGRAM, name, help, List.of(labels));
    }
}
