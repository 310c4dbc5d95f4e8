/**
 * Traces: a push, and what became of its records, as spans that belong together.
 *
 * <p><b>What.</b> A {@link io.penstock.exporter.trace.Tracer} decides which pushes are traced:
 * those whose client says so in {@code traceparent}, and a share of those that come without one.
 * Such a push is a span {@code push} with a span {@code stage} inside it; each delivery of its
 * records is a span {@code deliver} under the same push, with one event per attempt. What a span is
 * made of is OpenTelemetry's; where {@link io.penstock.exporter.trace.Span}s go is {@link
 * io.penstock.exporter.trace.SpanSink}'s.
 *
 * <p><b>Flow.</b> In: headers, by an {@link io.penstock.exporter.trace.Origin} to a {@link
 * io.penstock.exporter.trace.BatchTrace} per batch. Across the ring: {@code CarriedContexts}, a
 * table beside it, from the position of an entry to the context of its push, filled before the
 * entry is visible. Out: sinks are wrapped by {@link io.penstock.exporter.trace.Tracer#placement},
 * look the entries of a delivery up, and see a delivery that names the context to be passed on.
 *
 * <p>The table is in memory alone: the ring's entries have no room for a context without another
 * format. What was staged before a restart is delivered without spans.
 *
 * <p><b>Threads.</b> Any; the table has one short lock, taken for traced pushes and once per
 * delivery. Where tracing is off there is no tracer, and nothing is wrapped.
 *
 * <p><b>Limits.</b> {@code CarriedContexts} holds so many contexts as it is told, the oldest are
 * forgotten first; {@code TracedSink.MAX_OPEN} deliveries of a sink and {@code
 * TracedSink.MAX_PUSHES} pushes of a delivery have spans; {@code OpenDelivery.MAX_EVENTS} attempts
 * of a delivery have events.
 */
@NullMarked
package io.penstock.exporter.trace;

import org.jspecify.annotations.NullMarked;
