package io.penstock.exporter.stage;

import io.vertx.core.Future;

/**
 * What hangs on a stage downstream; implemented by the fan-out. The registry waits for the futures.
 *
 * <p>Threading: called on any thread, {@link #onOverBudget} on the ring's; must return at once.
 */
public interface StageListener {
    /**
     * The ring is open and takes no batches yet: the moment to open cursors and start sinks. A
     * failed future fails the stage.
     */
    Future<Void> onOpened(Stage stage);

    /**
     * The ring is about to be closed: stop sinks and close cursors. A failed future is logged; the
     * ring is closed all the same.
     */
    Future<Void> onClosing(Stage stage);

    /** See {@link io.penstock.exporter.ring.Ring.Listener#onOverBudget}. */
    void onOverBudget(Stage stage, String cursor, long releaseTo);
}
