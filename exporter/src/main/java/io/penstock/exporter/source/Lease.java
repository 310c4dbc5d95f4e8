package io.penstock.exporter.source;

/**
 * The right to pull a share of what a source has, where several nodes could.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface Lease {
    /** Whether something may be staged now; true for the moment that it was asked for. */
    boolean mayStage();

    /** The share was to be given up, and nothing of it is staged any more. Called once. */
    void stopped();
}
