/**
 * Spans of this node, to a collector.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.trace.Tracing} makes the {@link
 * io.penstock.exporter.trace.Tracer} of a node by {@link io.penstock.gateway.trace.TracingConfig},
 * and {@code SpanExporter} sends what it hands over as OTLP over HTTP, protobuf.
 *
 * <p><b>Flow.</b> Spans to a queue; by the clock, or when there is a batch, from there to {@code
 * SpanMessage} and to the collector. What the collector does not take is dropped and counted: spans
 * tell of the work and are none of it. Its requests carry a context that is not sampled, so that a
 * collector that is a Penstock traces none of them.
 *
 * <p><b>Threads.</b> Spans come from any thread, which never waits; they leave on an event loop.
 *
 * <p><b>Limits.</b> {@code tracing.max_queued} spans wait; one request of {@code
 * SpanExporter.BATCH} spans is under way, and no longer than {@code SpanExporter.TIMEOUT_MS}; texts
 * of a span are cut off after {@code SpanMessage.MAX_TEXT_CHARS}.
 */
@NullMarked
package io.penstock.gateway.trace;

import org.jspecify.annotations.NullMarked;
