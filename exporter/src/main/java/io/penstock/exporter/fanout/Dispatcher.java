package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the sink gets next, and what an outcome leads to. One decision is taken at a time:
 * {@link #pump} starts deliveries until nothing more may start, then leaves behind whatever brings
 * it back: an armed cursor, a timer, or a delivery in flight.
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

    /** A target cannot send us away for longer. */
    private static final long MAX_RETRY_AFTER_MS = 3_600_000;

    private static final Outcome TIMED_OUT =
            new Outcome.Retry(Outcome.Retry.BACK_OFF, "no answer within timeout_ms");

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final ExportParts parts;
    private final Context context;
    private final Vertx vertx;
    private final Sink sink;
    private final ExportMeter meter;
    private final OpenRuns runs;
    private final ReadBuffers buffers = new ReadBuffers();
    private final Settlement settlement;
    private final ArrayDeque<Replay> replays = new ArrayDeque<>();
    private final Set<Attempt> flying = new LinkedHashSet<>();
    private final int concurrency;

    private int failuresInRow;
    private int round;
    private long notBeforeMs;
    private double bytesPerRecord;
    private boolean reoffering = true;
    private boolean paused;
    private boolean stopped;
    private boolean pumping;
    private long timer = -1;
    private long timerAtMs;
    private @Nullable Promise<Void> landed;

    /** A dead letter to be delivered again. */
    private record Replay(DeadLetter letter, Promise<Outcome> outcome) {}

    Dispatcher(ExportParts parts, Context context, Sink sink, ExportMeter meter) {
        this.parts = parts;
        this.context = context;
        this.vertx = context.owner();
        this.sink = sink;
        this.meter = meter;
        this.runs = new OpenRuns(parts, context, meter, this::pump);
        this.settlement = new Settlement(parts, runs, new LetterWriter(parts, buffers));
        this.concurrency = parts.export().concurrency();
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
        if (paused || stopped) {
            return false;
        }
        // After a failure one delivery alone probes the target.
        if (flying.size() >= (failuresInRow > 0 ? 1 : concurrency)) {
            return false;
        }
        long waitMs = notBeforeMs - parts.now();
        if (waitMs > 0) {
            wakeIn(waitMs);
        }
        return waitMs <= 0;
    }

    private boolean startNext() {
        Slice slice = settlement.next();
        if (slice != null) {
            start(slice);
            return true;
        }
        Replay replay = replays.poll();
        if (replay != null) {
            LentDelivery delivery = new LetterDelivery(replay.letter(), buffers.reader);
            start(new Attempt(delivery, null, replay.outcome()::complete, round));
            return true;
        }
        return takeNext();
    }

    private boolean takeNext() {
        if (runs.size() >= MAX_OPEN_RUNS) {
            return false;
        }
        if (!reoffering && !isDue()) {
            return false;
        }
        OpenRun run = runs.take();
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
        BatchLimits limits = parts.spec().batch();
        long oldestMs = parts.cursor().oldestUntakenMs();
        long leftMs = oldestMs < 0 ? 0 : oldestMs + limits.lingerMs() - parts.now();
        if (bytes >= limits.maxBytes()
                || (bytesPerRecord > 0 && bytes >= limits.maxRecords() * bytesPerRecord)
                || leftMs <= 0) {
            return true;
        }
        wakeIn(Math.min(leftMs, GATHER_LOOK_MS));
        return false;
    }

    private void start(Slice slice) {
        LentDelivery delivery = new SliceDelivery(slice, parts, buffers);
        start(new Attempt(delivery, slice, outcome -> settlement.settle(slice, outcome), round));
    }

    private void start(Attempt attempt) {
        flying.add(attempt);
        meter.inFlight(flying.size());
        meter.attempted();
        Future<Outcome> answer = deliver(attempt.delivery());
        if (answer.isComplete()) {
            landed(attempt, outcome(attempt, answer));
            return;
        }
        attempt.timer(vertx.setTimer(parts.spec().timeoutMs(), id -> landed(attempt, TIMED_OUT)));
        answer.onComplete(done -> onContext(() -> landed(attempt, outcome(attempt, answer))));
    }

    @SuppressWarnings("ConstantValue") // a sink of somebody else may well answer null
    private Future<Outcome> deliver(LentDelivery delivery) {
        try {
            Future<Outcome> answer = sink.deliver(delivery);
            return answer == null
                    ? Future.failedFuture(new IllegalStateException("the sink answered null"))
                    : answer;
        } catch (Exception | LinkageError | StackOverflowError e) {
            return Future.failedFuture(e);
        }
    }

    private static Outcome outcome(Attempt attempt, Future<Outcome> answer) {
        if (answer.succeeded()) {
            return answer.result() instanceof Outcome.PerRecord answers
                    ? checked(answers, attempt.delivery().records())
                    : answer.result();
        }
        Throwable cause = answer.cause();
        return cause instanceof MalformedBatchException
                ? new Outcome.Rejected("malformed batch: " + cause.getMessage())
                : new Outcome.Retry(Outcome.Retry.BACK_OFF, "the sink failed: " + cause);
    }

    /** Numbers of records that are not there are a defect of the sink: all is offered again. */
    private static Outcome checked(Outcome.PerRecord answers, int records) {
        boolean sound =
                answers.again().length() <= records
                        && answers.refused().length() <= records
                        && !answers.again().intersects(answers.refused());
        return sound
                ? answers
                : new Outcome.Retry(
                        Outcome.Retry.BACK_OFF,
                        "the sink failed: it answered for records that it was not given, or twice"
                                + " for one");
    }

    private void onContext(Runnable task) {
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(v -> task.run());
        }
    }

    private void landed(Attempt attempt, Outcome outcome) {
        if (!flying.remove(attempt)) {
            // An answer after the time-out; the delivery has been or will be offered again.
            return;
        }
        meter.inFlight(flying.size());
        attempt.delivery().revoke();
        if (attempt.timer() >= 0) {
            vertx.cancelTimer(attempt.timer());
        }
        try {
            note(attempt, outcome);
            attempt.then().accept(outcome);
        } catch (RuntimeException | InternalError e) {
            defect(e);
        }
        checkLanded();
        pump();
    }

    /** What an outcome says about the target, whatever was delivered. */
    private void note(Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            failed(attempt, retry.afterMs(), retry.why());
            return;
        }
        if (outcome instanceof Outcome.PerRecord answers && noteEach(attempt, answers)) {
            return;
        }
        failuresInRow = 0;
        notBeforeMs = 0;
        if (meter.state() == ExportState.BACKING_OFF) {
            state(ExportState.RUNNING);
        }
        if (outcome instanceof Outcome.Delivered) {
            meter.delivered(attempt.delivery().bytes());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            meter.error(rejected.why());
        }
    }

    /** Answers whether some records are to be offered again: then the target is under pressure. */
    private boolean noteEach(Attempt attempt, Outcome.PerRecord answers) {
        int records = attempt.delivery().records();
        int again = answers.again().cardinality();
        int delivered = records - again - answers.refused().cardinality();
        meter.deliveredPart(attempt.delivery().bytes() * delivered / records, again == 0);
        if (again == 0) {
            meter.error(answers.why());
            return false;
        }
        if (again < records) {
            // It took or refused some: the row of failures is broken, and begins anew.
            failuresInRow = 0;
        }
        failed(attempt, answers.afterMs(), answers.why());
        return true;
    }

    private void failed(Attempt attempt, long afterMs, String why) {
        meter.failed(why);
        if (attempt.round() == round) {
            // Deliveries that were in flight together fail together: that is one failure.
            round++;
            failuresInRow++;
        }
        long delayMs =
                afterMs >= 0
                        ? Math.min(afterMs, MAX_RETRY_AFTER_MS)
                        : parts.retryDelayMs(Math.max(1, failuresInRow));
        notBeforeMs = Math.max(notBeforeMs, parts.now() + delayMs);
        state(ExportState.BACKING_OFF);
    }

    private void state(ExportState now) {
        if (!paused && !stopped && meter.state() != ExportState.FAILED) {
            meter.state(now);
        }
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
            state(now ? ExportState.PAUSED : ExportState.RUNNING);
            paused = now;
            if (!now) {
                meter.state(ExportState.RUNNING);
            }
            pump();
        }
    }

    /** Something that must not happen did: the export stands still, everything else goes on. */
    private void defect(Throwable cause) {
        LOG.error("export {} of {} stands", parts.spec().name(), parts.spec().repo(), cause);
        meter.error(String.valueOf(cause));
        meter.state(ExportState.FAILED);
        paused = true;
    }

    /** Comes back after a while, or sooner when that was asked for already. */
    private void wakeIn(long delayMs) {
        long atMs = parts.now() + delayMs;
        if (timer >= 0) {
            if (timerAtMs <= atMs) {
                return;
            }
            vertx.cancelTimer(timer);
        }
        timerAtMs = atMs;
        timer =
                vertx.setTimer(
                        Math.max(1, delayMs),
                        id -> {
                            timer = -1;
                            pump();
                        });
    }

    /**
     * Starts nothing more.
     *
     * @return completes when no delivery is with the sink and no dead letter is being written
     */
    Future<Void> land() {
        stopped = true;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
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
        if (landed == null || !flying.isEmpty()) {
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
        flying.forEach(attempt -> attempt.delivery().revoke());
        flying.clear();
        meter.inFlight(0);
        meter.state(ExportState.STOPPED);
    }
}
