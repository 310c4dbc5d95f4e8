package io.penstock.client;

import io.penstock.client.PushException.Fate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one repo: the one that still takes records, those that wait, those under way.
 *
 * <p>Threading: any thread. Its monitor guards everything and is never held while a future
 * completes, an attempt begins or bytes are compressed.
 */
final class RepoLane {
    private final String repo;
    private final PenstockClient client;
    private final ClientSettings settings;
    private final Route route;
    private final Leg pinned;
    private final Deque<Flight> waiting = new ArrayDeque<>();
    private final Set<Flight> open = new HashSet<>();
    private @Nullable Draft draft;
    private int underWay;

    RepoLane(String repo, PenstockClient client) {
        this.repo = repo;
        this.client = client;
        this.settings = client.settings();
        this.route = new Route(settings, client.nanoTime());
        // batches with stamps of their own: their sequences are not ours to give
        this.pinned = new Leg(settings.endpoints().get(0), false, new Producer(1, () -> 0, true));
    }

    // ---- in

    CompletableFuture<PushReceipt> append(PushRecord pushed) {
        Draft full = null;
        Draft taking;
        boolean enough;
        synchronized (this) {
            if (draft != null && !draft.fits(pushed)) {
                full = draft;
                draft = null;
            }
            if (draft == null) {
                draft = new Draft();
                Draft begun = draft;
                client.after(settings.lingerMs(), () -> seal(begun));
            }
            taking = draft;
            client.room().adjust(taking.add(pushed));
            enough =
                    taking.records() >= settings.batchRecords()
                            || taking.bytes() >= settings.batchBytes();
        }
        if (full != null) {
            send(full);
        }
        if (enough) {
            seal(taking);
        }
        return taking.receipt().copy();
    }

    /** Sends what was appended so far. */
    void seal() {
        Draft now;
        synchronized (this) {
            now = draft;
        }
        if (now != null) {
            seal(now);
        }
    }

    private void seal(Draft one) {
        synchronized (this) {
            if (draft != one) {
                return;
            }
            draft = null;
        }
        send(one);
    }

    private void send(Draft one) {
        Packed packed = Packed.of(one.build(), settings.gzip());
        client.room().adjust(packed.body().length - one.bytes());
        accept(packed, one.receipt(), null);
    }

    /** Takes a batch whose bytes the room has already. */
    void accept(Packed packed, CompletableFuture<PushReceipt> receipt, @Nullable Stamp stamp) {
        long nowNs = client.nanoTime().getAsLong();
        Flight flight = new Flight(packed, receipt, stamp == null ? null : pinned, stamp, nowNs);
        synchronized (this) {
            open.add(flight);
            waiting.add(flight);
        }
        pump();
    }

    // ---- under way

    private void pump() {
        List<Flight> starting = new ArrayList<>();
        synchronized (this) {
            while (underWay < settings.underWay() && !waiting.isEmpty()) {
                if (waiting.element().leg == null && route.now().stretched()) {
                    break;
                }
                Flight next = waiting.remove();
                underWay++;
                starting.add(next);
            }
        }
        starting.forEach(this::attempt);
    }

    private void attempt(Flight flight) {
        Transport.Post post;
        try {
            post = begin(flight);
        } catch (RuntimeException notKept) {
            // the disk of a producer's file; it may come back
            again(
                    flight,
                    new Answer.Again(
                            -1, String.valueOf(notKept.getMessage()), Answer.Trouble.FULL));
            return;
        }
        if (post == null) {
            return;
        }
        CompletableFuture<Answer> unused =
                client.transport()
                        .post(post, settings.ack())
                        .whenComplete(
                                (answer, defect) ->
                                        answered(
                                                flight,
                                                answer == null
                                                        ? new Answer.Never("" + defect, false)
                                                        : answer));
    }

    /** The next attempt; null when the batch has ended meanwhile. */
    private synchronized Transport.@Nullable Post begin(Flight flight) {
        if (!open.contains(flight)) {
            return null;
        }
        flight.attempts++;
        bind(flight);
        return new Transport.Post(
                Objects.requireNonNull(flight.leg).endpoint(),
                repo,
                flight.form,
                flight.body,
                flight.gzip,
                Objects.requireNonNull(flight.stamp),
                attemptMs(flight));
    }

    /** Gives it a stamp where it has none, or another where it may go elsewhere. */
    private void bind(Flight flight) {
        Leg bound = flight.leg;
        if (flight.pinned || (bound != null && (flight.maybeStaged || bound == route.now()))) {
            return;
        }
        release(flight);
        if (route.now().worn()) {
            route.renew(route.now());
        }
        Leg leg = route.now();
        flight.stamp = leg.issue();
        flight.leg = leg;
    }

    private static void release(Flight flight) {
        if (flight.leg != null && flight.stamp != null && !flight.pinned) {
            flight.leg.settled(flight.stamp);
        }
    }

    /** Never longer than the batch has, but for the least that an answer needs. */
    private long attemptMs(Flight flight) {
        long leftMs = settings.deadlineMs() - waitedMs(flight);
        return Math.max(
                Math.min(settings.attemptMs(), 1_000), Math.min(settings.attemptMs(), leftMs));
    }

    private long waitedMs(Flight flight) {
        return TimeUnit.NANOSECONDS.toMillis(client.nanoTime().getAsLong() - flight.acceptedNs);
    }

    private void answered(Flight flight, Answer answer) {
        if (answer instanceof Answer.Staged staged) {
            staged(flight, staged);
        } else if (answer instanceof Answer.Again again) {
            again(flight, again);
        } else if (answer instanceof Answer.Never never) {
            never(flight, never);
        }
    }

    private void staged(Flight flight, Answer.Staged staged) {
        boolean foreign;
        synchronized (this) {
            // nobody but us uses our sequences: what was staged before our first attempt is
            // another's
            foreign = staged.receipt().duplicate() && flight.attempts == 1 && !flight.pinned;
            if (flight.leg != null && flight.stamp != null && !flight.pinned) {
                flight.leg.staged(flight.stamp);
                route.heard(flight.leg, staged.owners());
            }
            if (foreign && flight.leg != null) {
                route.renew(flight.leg);
            }
        }
        if (foreign) {
            fail(flight, "another client pushes under the same producer id", true);
            return;
        }
        if (end(flight)) {
            client.counts()
                    .acknowledged(flight.records, flight.bytes, staged.receipt().duplicate());
            flight.receipt.complete(staged.receipt());
        }
        pump();
    }

    private void again(Flight flight, Answer.Again again) {
        synchronized (this) {
            flight.maybeStaged |= again.trouble().maybeStaged();
            if (again.trouble().elsewhere() && !flight.pinned && flight.leg != null) {
                route.leave(flight.leg);
            }
        }
        long waitedMs = waitedMs(flight);
        if (waitedMs >= settings.deadlineMs()) {
            boolean reached = again.trouble() != Answer.Trouble.UNREACHED;
            fail(flight, "given up after " + waitedMs + " ms: " + again.why(), reached);
            return;
        }
        retry(flight, client.backOff().delayMs(flight.attempts, again.afterMs()));
    }

    private void never(Flight flight, Answer.Never never) {
        boolean another;
        synchronized (this) {
            // a server that lost its memory of us, or one whose window we ran out of
            another =
                    never.badSequence()
                            && !flight.maybeStaged
                            && !flight.pinned
                            && !flight.renewed
                            && !Objects.requireNonNull(flight.leg).kept();
            if (another && flight.leg != null) {
                flight.renewed = true;
                route.renew(flight.leg);
            }
        }
        if (another) {
            retry(flight, 1);
        } else {
            fail(flight, never.why(), true);
        }
    }

    private void retry(Flight flight, long delayMs) {
        client.counts().retried();
        try {
            client.after(delayMs, () -> attempt(flight));
        } catch (RejectedExecutionException closed) {
            fail(flight, "the client was closed", true);
        }
    }

    // ---- out

    private void fail(Flight flight, String why, boolean reached) {
        if (end(flight)) {
            client.counts().failed();
            Stamp stamp = flight.stamp;
            String named = stamp == null ? "" : "batch " + stamp.sequence() + ": ";
            Fate fate = flight.fate();
            flight.receipt.completeExceptionally(new PushException(named + why, fate, reached));
        }
        pump();
    }

    /** Whether it had not ended before. */
    private boolean end(Flight flight) {
        synchronized (this) {
            if (!open.remove(flight)) {
                return false;
            }
            release(flight);
            underWay--;
        }
        client.room().adjust(-flight.heldBytes());
        return true;
    }

    /** Futures of everything that is held. */
    synchronized List<CompletableFuture<PushReceipt>> held() {
        List<CompletableFuture<PushReceipt>> held = new ArrayList<>();
        open.forEach(flight -> held.add(flight.receipt));
        if (draft != null) {
            held.add(draft.receipt());
        }
        return held;
    }

    /** Fails everything that is held. */
    void giveUp() {
        List<Flight> left;
        synchronized (this) {
            left = List.copyOf(open);
            // what waits counts as under way from here, as all that ends does
            underWay += waiting.size();
            waiting.clear();
        }
        left.forEach(flight -> fail(flight, "the client was closed", true));
    }
}
