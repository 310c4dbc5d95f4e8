package io.penstock.exporter.stage;

import io.penstock.exporter.stage.AckQueue.Waiter;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;

/**
 * Answers staged offers of one repo and loop when they are as safe as they asked to be.
 *
 * <p>Threading: confined to one event loop.
 */
final class AckDesk {
    private final IntakeLoop loop;
    private final StageRegistry registry;
    private final AckQueue synced = new AckQueue();
    private final AckQueue delivered = new AckQueue();
    private long forceFailuresSeen;

    AckDesk(IntakeLoop loop, StageRegistry registry) {
        this.loop = loop;
        this.registry = registry;
    }

    /** Answers at once where that is possible; else the offer waits, and this is false. */
    boolean answered(Stage stage, Offer offer, Receipt receipt) {
        AckLevel level = offer.ack();
        if (reached(stage, level) >= receipt.endPosition()) {
            loop.accept(offer, receipt);
            return true;
        }
        if (synced.isEmpty()) {
            forceFailuresSeen = stage.forceFailures();
        }
        long deadlineMs = registry.nowMs() + registry.staging().ackTimeoutMs();
        queue(level).add(new Waiter(offer, receipt, deadlineMs));
        loop.awaited(1);
        if (level == AckLevel.SYNCED) {
            registry.sync().request(stage);
        }
        return false;
    }

    /** What a stage has reached on a level; everything is staged that has a receipt. */
    private static long reached(Stage stage, AckLevel level) {
        return switch (level) {
            case STAGED -> Long.MAX_VALUE;
            case SYNCED -> stage.forcedPosition();
            case DELIVERED -> stage.head();
        };
    }

    private AckQueue queue(AckLevel level) {
        return level == AckLevel.SYNCED ? synced : delivered;
    }

    int interest() {
        return (synced.isEmpty() ? 0 : StageDoor.SYNCED)
                | (delivered.isEmpty() ? 0 : StageDoor.DELIVERED);
    }

    /** Answers everyone whose position was reached. */
    void settle(Stage stage) {
        settle(synced, stage.forcedPosition());
        settle(delivered, delivered.isEmpty() ? 0 : stage.head());
        if (forceFailuresSeen != stage.forceFailures()) {
            forceFailuresSeen = stage.forceFailures();
            refuseAll(
                    synced,
                    Refusals.unavailable(
                            "staged, but forcing repo " + stage.repo() + " to the disk failed"));
        }
    }

    private void settle(AckQueue queue, long reached) {
        Waiter waiter = queue.pollBelow(reached);
        while (waiter != null) {
            loop.awaited(-1);
            loop.accept(waiter.offer(), waiter.receipt());
            waiter = queue.pollBelow(reached);
        }
    }

    void expire(long nowMs) {
        synced.expire(nowMs, this::late);
        delivered.expire(nowMs, this::late);
    }

    private void late(Waiter waiter) {
        loop.awaited(-1);
        loop.refuse(
                waiter.offer(),
                new Refusal.AckTimeout(
                        "staged, but not "
                                + waiter.offer().ack()
                                + " within "
                                + registry.staging().ackTimeoutMs()
                                + " ms"));
    }

    /** The stage is over: whoever still waits will not hear of success here. */
    void over(Stage stage) {
        Refusal why =
                stage.failure() == null
                        ? new Refusal.AckTimeout("staged, but repo " + stage.repo() + " was closed")
                        : Refusals.broken(stage);
        refuseAll(synced, why);
        refuseAll(delivered, why);
    }

    private void refuseAll(AckQueue queue, Refusal why) {
        Waiter waiter = queue.pollBelow(Long.MAX_VALUE);
        while (waiter != null) {
            loop.awaited(-1);
            loop.refuse(waiter.offer(), why);
            waiter = queue.pollBelow(Long.MAX_VALUE);
        }
    }
}
