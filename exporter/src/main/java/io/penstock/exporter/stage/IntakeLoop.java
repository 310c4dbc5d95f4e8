package io.penstock.exporter.stage;

import io.penstock.exporter.storage.WriteWindow;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intake of one event loop: one {@link StageDoor} per repo that was offered to here, and what
 * they share: the flush at the end of the turn, the bound and the clock of awaited
 * acknowledgements.
 *
 * <p>Threading: confined to one event loop.
 */
final class IntakeLoop implements Intake {
    /** How often time-outs of acknowledgements are looked at while any is awaited. */
    static final long ACK_TICK_MS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(IntakeLoop.class);

    private final StageRegistry registry;
    private final Context context;
    private final Map<RepoName, StageDoor> doors = new HashMap<>();
    private final IntakeCounters counters;

    // Doors with a run to flush at the end of this turn; two lists that take turns.
    private List<StageDoor> dirty = new ArrayList<>();
    private List<StageDoor> flushing = new ArrayList<>();
    private boolean flushScheduled;

    /** For the ring writers of all doors of this loop. */
    private final WriteWindow window = new WriteWindow();

    private int awaited;
    private boolean ackTimerSet;

    IntakeLoop(StageRegistry registry, Context context) {
        this.registry = registry;
        this.context = context;
        this.counters = registry.counters();
    }

    @Override
    public void offer(Offer offer) {
        if (registry.refusing()) {
            refuse(offer, Refusals.STOPPING);
            return;
        }
        StageDoor door = doors.get(offer.repo());
        if (door == null) {
            door = new StageDoor(this, registry, offer.repo());
            doors.put(offer.repo(), door);
        }
        door.offer(offer);
    }

    /** Runs the door's flush when this turn of the event loop is over. */
    void flushLater(StageDoor door) {
        dirty.add(door);
        if (!flushScheduled) {
            flushScheduled = true;
            context.runOnContext(v -> flushAll());
        }
    }

    private void flushAll() {
        flushScheduled = false;
        List<StageDoor> turn = dirty;
        dirty = flushing;
        for (StageDoor door : turn) {
            door.endOfTurn();
        }
        turn.clear();
        flushing = turn;
    }

    WriteWindow window() {
        return window;
    }

    void forget(StageDoor door) {
        doors.remove(door.repo(), door);
    }

    void run(Runnable task) {
        context.runOnContext(v -> task.run());
    }

    void runLater(long delayMs, Runnable task) {
        context.owner().setTimer(delayMs, id -> task.run());
    }

    boolean mayAwait() {
        return awaited < registry.staging().maxAckWaiters();
    }

    /** Keeps the count of awaited acknowledgements, and the timer going while there are any. */
    void awaited(int change) {
        awaited += change;
        if (awaited > 0 && !ackTimerSet) {
            ackTimerSet = true;
            runLater(ACK_TICK_MS, this::expireAcks);
        }
    }

    private void expireAcks() {
        ackTimerSet = false;
        long nowMs = registry.nowMs();
        for (StageDoor door : List.copyOf(doors.values())) {
            door.expireAcks(nowMs);
        }
        awaited(0);
    }

    /** Answers for good. An ingress that throws harms its own request only. */
    void accept(Offer offer, Receipt receipt) {
        try {
            offer.accepted(receipt);
        } catch (RuntimeException e) {
            LOG.error("answering a batch of {} failed", offer.repo(), e);
        }
    }

    /** Refuses for good. */
    void refuse(Offer offer, Refusal why) {
        counters.refused(RefusalKind.of(why));
        try {
            offer.refused(why);
        } catch (RuntimeException e) {
            LOG.error("refusing a batch of {} failed", offer.repo(), e);
        }
    }
}
