package io.penstock.gateway.metrics;

import java.math.BigDecimal;

/**
 * Writes the Prometheus text format, version 0.0.4. Samples of one family must follow one another.
 *
 * <p>Threading: confined to one thread.
 */
public final class PrometheusText {
    /** Value of the Content-Type header. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(16 << 10);

    /** Begins a family. */
    public PrometheusText family(Metric metric) {
        String name = metric.metricName();
        text.append("# HELP ").append(name).append(' ');
        escape(metric.help(), false);
        text.append("\n# TYPE ").append(name).append(' ').append(metric.kind().word());
        text.append('\n');
        return this;
    }

    /** One sample of the family begun last, with a value for each of its labels. */
    public PrometheusText sample(Metric metric, double value, String... labelValues) {
        if (labelValues.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " has labels " + metric.labels());
        }
        text.append(metric.metricName());
        labels(metric, "", labelValues);
        number(value);
        return this;
    }

    /** All samples of a histogram of nanoseconds, written in seconds. */
    PrometheusText histogram(Metric metric, LatencyReservoir values, String... labelValues) {
        long below = 0;
        for (int i = 0; i < LatencyReservoir.BOUNDS_NS.length; i++) {
            below += values.count(i);
            text.append(metric.metricName()).append("_bucket");
            labels(metric, seconds(LatencyReservoir.BOUNDS_NS[i]), labelValues);
            number(below);
        }
        below += values.count(LatencyReservoir.BOUNDS_NS.length);
        text.append(metric.metricName()).append("_bucket");
        labels(metric, "+Inf", labelValues);
        number(below);
        text.append(metric.metricName()).append("_sum");
        labels(metric, "", labelValues);
        number(values.sumNs() / 1e9);
        text.append(metric.metricName()).append("_count");
        labels(metric, "", labelValues);
        number(below);
        return this;
    }

    private static String seconds(long ns) {
        return BigDecimal.valueOf(ns, 9).stripTrailingZeros().toPlainString();
    }

    private void labels(Metric metric, String bound, String... values) {
        char before = '{';
        for (int i = 0; i < values.length; i++) {
            text.append(before).append(metric.labels().get(i)).append("=\"");
            escape(values[i], true);
            text.append('"');
            before = ',';
        }
        if (!bound.isEmpty()) {
            text.append(before).append("le=\"").append(bound).append('"');
            before = ',';
        }
        text.append(before == ',' ? "} " : " ");
    }

    private void number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else if (Double.isNaN(value)) {
            text.append("NaN");
        } else {
            text.append(Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : value);
        }
        text.append('\n');
    }

    private void escape(String raw, boolean quoted) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append(quoted ? "\\\"" : "\"");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
