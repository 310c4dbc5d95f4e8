package io.penstock.exporter.source;

import io.vertx.core.Future;

/**
 * Pulls batches and offers them to a repo.
 *
 * <p>Threading: any thread.
 */
public interface Source {

    /**
     * Begins to pull. Completes at once: a foreign system that cannot be reached is asked again
     * until it can, and keeps no node from starting.
     */
    Future<Void> start();

    /**
     * Pulls nothing more, waits for what is with the stage, tells the foreign system how far it
     * came, and ends the threads. Safe without start, and twice.
     */
    Future<Void> stop();

    /** Where it stands now. */
    SourceStats stats();
}
