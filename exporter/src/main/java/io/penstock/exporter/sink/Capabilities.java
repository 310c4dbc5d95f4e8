package io.penstock.exporter.sink;

/**
 * What fan-out must know of a sink.
 *
 * @param idempotent a delivery offered again under its id leaves no second copy at the target
 * @param ordered deliveries must be sent one after another, in order
 * @param blocking {@link Sink#deliver} may block, and is called on a worker thread
 * @param windowed the target's client has a window of its own and takes deliveries into it: how
 *     many are in flight is not learnt, it is always as many as the export may have. Response times
 *     would tell of the client's queue, not of the target
 */
public record Capabilities(
        boolean idempotent, boolean ordered, boolean blocking, boolean windowed) {

    /** Of a sink that sends what it is given at once. */
    public Capabilities(boolean idempotent, boolean ordered, boolean blocking) {
        this(idempotent, ordered, blocking, false);
    }
}
