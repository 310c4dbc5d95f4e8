package io.penstock.gateway.metrics;

import io.penstock.gateway.catalog.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the Prometheus text format, version 0.0.4. Samples of one family must follow one another.
 * Made with a {@link SampleListener}, it tells that one what it would have written.
 *
 * <p>Threading: confined to one thread.
 */
public final class PrometheusText {
    /** Value of the Content-Type header. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(16 << 10);
    private final @Nullable SampleListener listener;

    /** An empty page. */
    public PrometheusText() {
        this.listener = null;
    }

    /** Writes nothing, and tells of each sample instead. */
    PrometheusText(SampleListener listener) {
        this.listener = listener;
    }

    /** Begins a family. */
    public PrometheusText family(Metric metric) {
        if (listener != null) {
            return this;
        }
        String name = metric.metricName();
        text.append("# HELP ").append(name).append(' ');
        escape(metric.help(), false);
        text.append("\n# TYPE ").append(name).append(' ').append(metric.kind().word());
        text.append('\n');
        return this;
    }

    /** A whole family without labels. */
    public PrometheusText single(Metric metric, long value) {
        return family(metric).sample(metric, value);
    }

    /** A whole family without labels. */
    public PrometheusText single(Metric metric, double value) {
        return family(metric).sample(metric, value);
    }

    /** One sample of the family begun last, with a value for each of its labels. */
    public PrometheusText sample(Metric metric, long value, String... labelValues) {
        return sample(metric, Long.toString(value), labelValues);
    }

    /** One sample of the family begun last, with a value for each of its labels. */
    public PrometheusText sample(Metric metric, double value, String... labelValues) {
        return sample(metric, decimal(value), labelValues);
    }

    private PrometheusText sample(Metric metric, String value, String... labelValues) {
        if (labelValues.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " has labels " + metric.labels());
        }
        line(metric, "", "", value, labelValues);
        return this;
    }

    /** All samples of a histogram of nanoseconds, written in seconds. */
    PrometheusText histogram(Metric metric, LatencyReservoir values, String... labelValues) {
        long below = 0;
        for (int i = 0; i < LatencyReservoir.BOUNDS_NS.length; i++) {
            below += values.count(i);
            String bound = seconds(LatencyReservoir.BOUNDS_NS[i]);
            line(metric, "_bucket", bound, Long.toString(below), labelValues);
        }
        below += values.count(LatencyReservoir.BOUNDS_NS.length);
        line(metric, "_bucket", "+Inf", Long.toString(below), labelValues);
        line(metric, "_sum", "", seconds(values.sumNs()), labelValues);
        line(metric, "_count", "", Long.toString(below), labelValues);
        return this;
    }

    /** Both samples of a summary without quantiles. */
    PrometheusText summary(Metric metric, double sum, long count, String... labelValues) {
        line(metric, "_sum", "", decimal(sum), labelValues);
        line(metric, "_count", "", Long.toString(count), labelValues);
        return this;
    }

    private static String seconds(long ns) {
        return BigDecimal.valueOf(ns, 9).stripTrailingZeros().toPlainString();
    }

    private void line(
            Metric metric, String suffix, String bound, String value, String... labelValues) {
        SampleListener told = listener;
        if (told != null) {
            tell(told, metric, suffix, bound, value, labelValues);
            return;
        }
        text.append(metric.metricName()).append(suffix);
        char before = '{';
        for (int i = 0; i < labelValues.length; i++) {
            text.append(before).append(metric.labels().get(i)).append("=\"");
            escape(labelValues[i], true);
            text.append('"');
            before = ',';
        }
        if (!bound.isEmpty()) {
            text.append(before).append("le=\"").append(bound).append('"');
            before = ',';
        }
        text.append(before == ',' ? "} " : " ").append(value).append('\n');
    }

    private static void tell(
            SampleListener told,
            Metric metric,
            String suffix,
            String bound,
            String value,
            String... labelValues) {
        List<String> names = new ArrayList<>(metric.labels());
        List<String> values = new ArrayList<>(List.of(labelValues));
        if (!bound.isEmpty()) {
            names.add("le");
            values.add(bound);
        }
        double number = Double.parseDouble(value.replace("Inf", "Infinity"));
        told.sample(metric.metricName() + suffix, names, values, number);
    }

    private static String decimal(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.isNaN(value)
                ? "NaN"
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
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
