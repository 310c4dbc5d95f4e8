package io.penstock.exporter.sink;

/**
 * What fan-out must know of a sink.
 *
 * @param idempotent a delivery offered again under its id leaves no second copy at the target
 * @param ordered deliveries must be sent one after another, in order
 * @param blocking {@link Sink#deliver} may block, and is called on a worker thread
 */
public record Capabilities(boolean idempotent, boolean ordered, boolean blocking) {}
