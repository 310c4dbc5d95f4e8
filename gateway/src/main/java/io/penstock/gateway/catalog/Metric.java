package io.penstock.gateway.catalog;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A metric that this node tells of; an enum per area has them. docs/metrics.md holds the same as a
 * table, and a test holds it there.
 *
 * <p>Threading: immutable.
 */
public interface Metric {
    /** What Prometheus calls a type. */
    enum Kind {
        /** Only grows, until the process starts anew. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Buckets, sum and count. */
        HISTOGRAM,
        /** Sum and count. */
        SUMMARY;

        /** The word for it on the page. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the page says of it. */
    Family family();

    /** Its type. */
    default Kind kind() {
        return family().kind();
    }

    /** Its name on the page. */
    default String metricName() {
        return family().name();
    }

    /** One sentence. */
    default String help() {
        return family().help();
    }

    /** Names of its labels. */
    default List<String> labels() {
        return family().labels();
    }

    /** Every metric there is. */
    static List<Metric> all() {
        return Stream.<Metric[]>of(
                        IngressMetric.values(),
                        RepoMetric.values(),
                        ExportMetric.values(),
                        ClusterMetric.values(),
                        NodeMetric.values(),
                        AlertMetric.values())
                .flatMap(Stream::of)
                .toList();
    }
}
