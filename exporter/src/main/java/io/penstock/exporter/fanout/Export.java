package io.penstock.exporter.fanout;

import io.penstock.exporter.ring.Beginning;

/**
 * An export ready to run.
 *
 * <p>Threading: immutable.
 *
 * @param spec what the user wrote
 * @param sink its sink, bound to a checked configuration
 * @param beginning where it begins when it has no cursor yet
 * @param paused whether it waits for a person to start deliveries
 */
public record Export(ExportSpec spec, BoundSink<?> sink, Beginning beginning, boolean paused) {

    /** One that runs, and gets all there is where it is its repo's first. */
    public Export(ExportSpec spec, BoundSink<?> sink) {
        this(spec, sink, Beginning.FIRST_OLDEST, false);
    }

    /** The same, paused or not. */
    public Export paused(boolean now) {
        return new Export(spec, sink, beginning, now);
    }

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
