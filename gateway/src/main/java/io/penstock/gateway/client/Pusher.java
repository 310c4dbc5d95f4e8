package io.penstock.gateway.client;

import io.penstock.gateway.client.PushCall.Batch;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes batches of one producer to one repo, several at a time, each until it is staged.
 *
 * <p>Threading: {@link #push} and {@link #finish} confined to one thread; the counters any thread.
 */
public final class Pusher {
    /** Far below the window of sequences that a server remembers. */
    public static final int MAX_UNDER_WAY = 64;

    /** For everything to be answered before a move; else it stays for a while. */
    private static final long MOVE_WAIT_MS = 2_000;

    private static final long FIRST_BACK_OFF_MS = 50;
    private static final long MAX_BACK_OFF_MS = 2_000;

    private final Vertx vertx;
    private final Terms terms;
    private final PushRoute route;
    private final Semaphore room;
    private final AtomicReference<@Nullable PushException> failure = new AtomicReference<>();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongConsumer answeredNs;

    /**
     * What a pusher pushes under.
     *
     * @param repo where to
     * @param producer who pushes
     * @param ack what to wait for
     * @param underWay batches at once, at most {@link #MAX_UNDER_WAY}
     * @param patienceMs how long one batch is retried before the push gives up
     */
    public record Terms(
            RepoName repo,
            ProducerIdentity producer,
            AckLevel ack,
            int underWay,
            long patienceMs) {}

    /**
     * A pusher.
     *
     * @param answeredNs told how long each batch took, in nanoseconds, on an event loop
     */
    public Pusher(Vertx vertx, PushClient client, Terms terms, LongConsumer answeredNs) {
        this(
                vertx,
                new PushRoute(client, terms.producer(), null, System::nanoTime),
                terms,
                answeredNs);
    }

    /**
     * A pusher that follows what answers say about owners, under a new producer for each. Not for a
     * producer that is to be taken up again by another process.
     */
    public Pusher(Vertx vertx, PushWays ways, Terms terms, LongConsumer answeredNs) {
        this(
                vertx,
                new PushRoute(ways.home(), terms.producer(), ways, System::nanoTime),
                terms,
                answeredNs);
    }

    Pusher(Vertx vertx, PushRoute route, Terms terms, LongConsumer answeredNs) {
        this.vertx = vertx;
        this.route = route;
        this.terms = terms;
        this.room = new Semaphore(Math.min(terms.underWay(), MAX_UNDER_WAY));
        this.answeredNs = answeredNs;
    }

    /** One batch on its way. */
    private record Flight(PushRoute.Leg leg, PushCall call, long startNs) {}

    /**
     * Sends a batch as soon as fewer than the allowed number are under way; blocks until then.
     *
     * @throws PushException when an earlier batch was refused for good or patience ran out
     */
    public void push(Batch batch) throws PushException, InterruptedException {
        room.acquire();
        throwFailure();
        if (route.mustGoHome()) {
            route.move();
        } else if (route.wantsToMove()) {
            moveWhenAnswered();
        }
        PushRoute.Leg leg = route.now();
        ProducerIdentity producer = leg.producer();
        PushCall call =
                new PushCall(terms.repo(), producer.id(), producer.getAsLong(), terms.ack(), batch);
        send(new Flight(leg, call, System.nanoTime()), FIRST_BACK_OFF_MS);
    }

    /** Has one permit already; the others come back with the answers. */
    private void moveWhenAnswered() throws PushException, InterruptedException {
        int others = Math.min(terms.underWay(), MAX_UNDER_WAY) - 1;
        if (!room.tryAcquire(others, MOVE_WAIT_MS, TimeUnit.MILLISECONDS)) {
            route.stay();
            return;
        }
        room.release(others);
        throwFailure();
        route.move();
    }

    /** Waits until everything is answered. */
    public void finish() throws PushException, InterruptedException {
        int all = Math.min(terms.underWay(), MAX_UNDER_WAY);
        room.acquire(all);
        room.release(all);
        throwFailure();
    }

    private void throwFailure() throws PushException {
        PushException cause = failure.get();
        if (cause != null) {
            throw cause;
        }
    }

    private void send(Flight flight, long backOffMs) {
        flight.leg
                .client()
                .push(flight.call())
                .onSuccess(answer -> answered(flight, answer, backOffMs))
                .onFailure(defect -> fail(flight, String.valueOf(defect), true));
    }

    private void answered(Flight flight, PushAnswer answer, long backOffMs) {
        if (answer instanceof PushAnswer.Staged staged) {
            Batch batch = flight.call().batch();
            records.add(batch.records());
            bytes.add(batch.bytes().length);
            batches.increment();
            duplicates.add(staged.duplicate() ? 1 : 0);
            route.heard(flight.leg, staged);
            answeredNs.accept(System.nanoTime() - flight.startNs());
            room.release();
        } else if (answer instanceof PushAnswer.Again again) {
            retry(flight, again, backOffMs);
        } else if (answer instanceof PushAnswer.Never never) {
            fail(flight, never.why(), true);
        }
    }

    private void retry(Flight flight, PushAnswer.Again again, long backOffMs) {
        long waitedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - flight.startNs());
        if (waitedMs >= terms.patienceMs() || failure.get() != null) {
            fail(flight, "given up after " + waitedMs + " ms: " + again.why(), again.reached());
            return;
        }
        if (!again.reached()) {
            route.unreached(flight.leg);
        }
        retries.increment();
        long delayMs = again.afterMs() > 0 ? again.afterMs() : backOffMs;
        long nextBackOffMs = Math.min(MAX_BACK_OFF_MS, backOffMs * 2);
        vertx.setTimer(Math.max(1, delayMs), timer -> sendAgain(flight, nextBackOffMs));
    }

    /** Not when the push has failed meanwhile: its client may be closed. */
    private void sendAgain(Flight flight, long backOffMs) {
        if (failure.get() == null) {
            send(flight, backOffMs);
        } else {
            room.release();
        }
    }

    private void fail(Flight flight, String why, boolean reached) {
        failure.compareAndSet(
                null, new PushException("batch " + flight.call().sequence() + ": " + why, reached));
        room.release();
    }

    /** Records staged. */
    public long records() {
        return records.sum();
    }

    /** Bytes of the batches staged. */
    public long bytes() {
        return bytes.sum();
    }

    /** Batches staged. */
    public long batches() {
        return batches.sum();
    }

    /** Batches that had been staged before. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Batches sent again. */
    public long retries() {
        return retries.sum();
    }
}
