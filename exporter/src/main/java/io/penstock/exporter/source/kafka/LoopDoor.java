package io.penstock.exporter.source.kafka;

import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Offer;
import io.vertx.core.Context;

/** The intake of an event loop. Threading: as {@link Lane.Door} says. */
final class LoopDoor implements Lane.Door {
    private final Context context;
    private final Intake intake;

    LoopDoor(SourceParts parts) {
        context = parts.vertx().getOrCreateContext();
        intake = parts.intakes().apply(context);
    }

    @Override
    public void run(Runnable task) {
        context.runOnContext(v -> task.run());
    }

    @Override
    public void runLater(long delayMs, Runnable task) {
        context.owner().setTimer(delayMs, id -> task.run());
    }

    @Override
    public void offer(Offer offer) {
        intake.offer(offer);
    }
}
