package io.penstock.exporter.fanout;

/**
 * An export ready to run.
 *
 * <p>Threading: immutable.
 *
 * @param spec what the user wrote
 * @param sink its sink, bound to a checked configuration
 */
public record Export(ExportSpec spec, BoundSink<?> sink) {
    String name() {
        return spec.name();
    }

    int concurrency() {
        return sink.capabilities().ordered() ? 1 : spec.concurrency();
    }

    /** Below which the number of deliveries in flight is not lowered. */
    int leastConcurrency() {
        return sink.capabilities().windowed() ? concurrency() : spec.pressure().minConcurrency();
    }
}
