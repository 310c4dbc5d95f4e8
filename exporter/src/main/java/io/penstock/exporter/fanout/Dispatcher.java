package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.pressure.Pressure;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the sink gets next, and when. One decision is taken at a time: {@link #pump} starts
 * deliveries until nothing more may start, then leaves behind whatever brings it back: an armed
 * cursor, an alarm, or a delivery in flight.
 *
 * <p>Threading: confined to the export's context.
 */
final class Dispatcher {
    /** Deliveries started in one turn of the context, so that others get their turn. */
    private static final int MAX_STARTS_PER_TURN = 32;

    /** Runs taken at the most: the cursor keeps 64, committed ones behind a slow one included. */
    private static final int MAX_OPEN_RUNS = 48;

    /** While a delivery gathers, its size is looked at so often; age decides otherwise. */
    private static final long GATHER_LOOK_MS = 5;

    private static final long MILLI_NS = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final ExportParts parts;
    private final Context context;
    private final Vertx vertx;
    private final ExportMeter meter;
    private final Pressure pressure;
    private final Courier courier;
    private final OpenRuns runs;
    private final ReadBuffers buffers;
    private final Settlement settlement;
    private final Alarm alarm;
    private final ArrayDeque<Replay> replays = new ArrayDeque<>();

    private double bytesPerRecord;
    private boolean reoffering = true;
    private boolean paused;
    private boolean stopped;
    private boolean pumping;
    private @Nullable Promise<Void> landed;

    /** A dead letter to be delivered again. */
    private record Replay(DeadLetter letter, Promise<Outcome> outcome) {}

    Dispatcher(
            ExportParts parts, Context context, Sink sink, ExportMeter meter, Pressure pressure) {
        this.parts = parts;
        this.context = context;
        this.vertx = context.owner();
        this.meter = meter;
        this.pressure = pressure;
        this.courier = new Courier(parts, context, sink, meter, pressure);
        courier.onLanding(this::landed);
        this.runs = new OpenRuns(parts, context, meter, this::pump);
        this.buffers = new ReadBuffers(parts.spec().transforms());
        this.settlement = new Settlement(parts, runs, new LetterWriter(parts, buffers));
        this.alarm = new Alarm(vertx, parts.nowMs(), this::pump);
    }

    /** Starts whatever may start. */
    void pump() {
        if (pumping || stopped) {
            return;
        }
        pumping = true;
        try {
            int starts = 0;
            while (mayStart() && startNext()) {
                if (++starts == MAX_STARTS_PER_TURN) {
                    context.runOnContext(v -> pump());
                    break;
                }
            }
        } catch (RuntimeException | InternalError e) {
            defect(e);
        } finally {
            pumping = false;
        }
    }

    private boolean mayStart() {
        if (paused || stopped || courier.inFlight() >= pressure.window()) {
            return false;
        }
        if (!parts.share().mayStart()) {
            // other exports of the owner have its share; they tell nobody when they are done
            alarm.in(GATHER_LOOK_MS);
            return false;
        }
        long waitNs = pressure.waitNs(parts.nowNs());
        if (waitNs > 0) {
            alarm.in((waitNs + MILLI_NS - 1) / MILLI_NS);
        }
        return waitNs <= 0;
    }

    private boolean startNext() {
        Slice slice = settlement.next();
        if (slice != null) {
            start(slice);
            return true;
        }
        Replay replay = replays.poll();
        if (replay != null) {
            start(replay);
            return true;
        }
        return takeNext();
    }

    private void start(Slice slice) {
        SliceDelivery delivery = new SliceDelivery(slice, parts, buffers);
        if (!slice.isJudged()) {
            try {
                slice.judged(delivery.judge());
            } catch (MalformedBatchException e) {
                meter.error(String.valueOf(e.getMessage()));
                settlement.settle(
                        slice, new Outcome.Rejected("malformed batch: " + e.getMessage()));
                return;
            }
        }
        if (slice.passing() == 0) {
            // All of it is dropped by a rule, or cannot be parsed: nothing is left to deliver.
            settlement.settle(slice, Outcome.DELIVERED);
            return;
        }
        courier.send(delivery, outcome -> settlement.settle(slice, outcome));
    }

    private void start(Replay replay) {
        LetterDelivery delivery;
        try {
            delivery = new LetterDelivery(replay.letter(), buffers);
        } catch (MalformedBatchException e) {
            replay.outcome().complete(new Outcome.Rejected("malformed batch: " + e.getMessage()));
            return;
        }
        if (!delivery.fault().isEmpty()) {
            replay.outcome().complete(new Outcome.Rejected(delivery.fault()));
        } else if (delivery.records() == 0) {
            replay.outcome().complete(Outcome.DELIVERED);
        } else {
            courier.send(delivery, replay.outcome()::complete);
        }
    }

    private boolean takeNext() {
        if (runs.size() >= MAX_OPEN_RUNS) {
            return false;
        }
        if (!reoffering && !isDue()) {
            return false;
        }
        OpenRun run = runs.take(pressure.batchRecords(), pressure.batchBytes());
        if (run == null) {
            reoffering = false;
            // Nothing that can be taken now. A commit or an append brings us back.
            return !parts.cursor().arm();
        }
        reoffering &= run.take().attempt() > 0;
        double observed = (double) (run.take().end() - run.first()) / run.records();
        bytesPerRecord = bytesPerRecord == 0 ? observed : (bytesPerRecord + observed) / 2;
        settlement.cut(run);
        return true;
    }

    /** Whether what waits is large or old enough; if not, something will bring us back. */
    private boolean isDue() {
        long bytes = parts.cursor().untakenBytes();
        if (bytes <= 0) {
            if (parts.cursor().arm()) {
                return false;
            }
            bytes = parts.cursor().untakenBytes();
        }
        long oldestMs = parts.cursor().oldestUntakenMs();
        long lingerMs = parts.spec().batch().lingerMs();
        long leftMs = oldestMs < 0 ? 0 : oldestMs + lingerMs - parts.now();
        if (bytes >= pressure.batchBytes()
                || (bytesPerRecord > 0 && bytes >= pressure.batchRecords() * bytesPerRecord)
                || leftMs <= 0) {
            return true;
        }
        alarm.in(Math.min(leftMs, GATHER_LOOK_MS));
        return false;
    }

    private void landed(Consumer<Outcome> settle, Outcome outcome) {
        try {
            settle.accept(outcome);
        } catch (RuntimeException | InternalError e) {
            defect(e);
        }
        checkLanded();
        pump();
    }

    /**
     * The ring's budget is spent: gives up what lies below a position, as far as it is not with the
     * sink, without the sink.
     */
    void release(long releaseTo) {
        if (stopped || parts.spec().whenFull() == WhenFull.BLOCK) {
            return;
        }
        try {
            settlement.release(releaseTo, MAX_OPEN_RUNS);
        } catch (RuntimeException | InternalError e) {
            defect(e);
        }
    }

    /** Delivers a dead letter again; the outcome is not retried here. */
    Future<Outcome> replay(DeadLetter letter) {
        Promise<Outcome> outcome = Promise.promise();
        if (stopped || paused) {
            outcome.complete(new Outcome.Retry(Outcome.Retry.BACK_OFF, "the export does not run"));
        } else {
            replays.add(new Replay(letter, outcome));
            pump();
        }
        return outcome.future();
    }

    void pause(boolean now) {
        if (paused != now && !stopped) {
            if (now) {
                meter.activity(ExportState.PAUSED);
            } else {
                meter.state(ExportState.RUNNING);
            }
            paused = now;
            pump();
        }
    }

    /** Something that must not happen did: the export stands still, everything else goes on. */
    private void defect(Throwable cause) {
        LOG.error("export {} stands", parts.subject(), cause);
        meter.error(String.valueOf(cause));
        meter.state(ExportState.FAILED);
        paused = true;
    }

    /**
     * Starts nothing more.
     *
     * @return completes when no delivery is with the sink and no dead letter is being written
     */
    Future<Void> land() {
        stopped = true;
        alarm.cancel();
        for (Replay replay : replays) {
            replay.outcome()
                    .complete(new Outcome.Retry(Outcome.Retry.BACK_OFF, "the export stops"));
        }
        replays.clear();
        Promise<Void> promise = Promise.promise();
        landed = promise;
        checkLanded();
        return promise.future();
    }

    private void checkLanded() {
        if (landed == null || courier.inFlight() > 0) {
            return;
        }
        if (runs.isStoring()) {
            vertx.setTimer(GATHER_LOOK_MS, id -> checkLanded());
        } else {
            landed.tryComplete();
        }
    }

    /** Takes back whatever is still with the sink; the runs stay open in the cursor's file. */
    void close() {
        runs.close();
        courier.takeBack();
        meter.state(ExportState.STOPPED);
    }
}
