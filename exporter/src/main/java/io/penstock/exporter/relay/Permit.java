package io.penstock.exporter.relay;

/**
 * The right of one task of an export to deliver, as long as it lasts.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface Permit {
    /** Whether a delivery may begin now; true for the moment that it was asked for. */
    boolean mayDeliver();

    /** The task was to stop, and delivers nothing more. Called once. */
    void stopped();
}
