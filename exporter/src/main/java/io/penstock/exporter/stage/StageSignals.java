package io.penstock.exporter.stage;

import io.penstock.exporter.ring.Ring;

/**
 * Carries a ring's signals to its stage and on to the fan-out.
 *
 * <p>Threading: any thread.
 */
final class StageSignals implements Ring.Listener {
    private final Stage stage;
    private final StageListener downstream;

    StageSignals(Stage stage, StageListener downstream) {
        this.stage = stage;
        this.downstream = downstream;
    }

    @Override
    public void onHeadAdvanced(long head) {
        stage.headAdvanced(head);
    }

    @Override
    public void onRoom() {
        stage.room();
    }

    @Override
    public void onOverBudget(String cursor, long releaseTo) {
        downstream.onOverBudget(stage, cursor, releaseTo);
    }
}
