package io.penstock.exporter.trace;

/** Where spans go when they are over. */
@FunctionalInterface
public interface SpanSink {
    /** Takes a span, or drops it; any thread, must not block. */
    void take(Span span);
}
