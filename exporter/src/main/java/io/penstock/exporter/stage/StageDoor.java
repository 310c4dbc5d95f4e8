package io.penstock.exporter.stage;

import io.penstock.exporter.ring.EntryLayout;
import io.penstock.exporter.ring.ProducerWindows;
import io.penstock.exporter.ring.RingWriter;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.vertx.core.AsyncResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One repo as one event loop sees it. Offers flow through three places, always in their order:
 * {@code held} (while the ring is being opened or the next segment made ready), {@code run} (small
 * offers of this turn), the ring.
 *
 * <p>Threading: confined to the event loop, except {@link #signal} and {@link #interest}.
 */
final class StageDoor {
    /** A run is appended as soon as it is so large: a segment's page faults are long amortized. */
    static final long RUN_BYTES = 64 << 10;

    /** From here on an offer is a run of its own: coalescing it would gain nothing. */
    static final long LARGE_BYTES = 16 << 10;

    /** Offers held at a time; their bodies are bounded by the ingress. */
    static final int MAX_HELD = 4096;

    /** What a door may wait for; see {@link Stage#signal}. */
    static final int SYNCED = 1;

    static final int DELIVERED = 2;
    static final int ROOM = 4;
    static final int ANY = 7;

    private static final long PENDING_RETRY_MS = 5;

    private final IntakeLoop loop;
    private final StageRegistry registry;
    private final RepoName repo;
    private final AckDesk acks;
    private final Runnable look = this::look;
    private final AtomicBoolean lookScheduled = new AtomicBoolean();
    private volatile int interest;

    private @Nullable Stage stage;
    private @Nullable RingWriter writer;
    private @Nullable ProducerWindows windows;

    // Two lists that take turns, since an answer may lead to the next offer at once.
    private List<Offer> run = new ArrayList<>();
    private @Nullable List<Offer> spareRun = new ArrayList<>();
    private long runBytes;
    private boolean flushLater;

    private final ArrayDeque<Offer> held = new ArrayDeque<>();
    private boolean opening;

    /** Offers have been put back among those held, since they could not be appended. */
    private boolean putBack;

    private boolean roomTimerSet;
    private boolean patienceOver;
    private String noRoom = ""; // which limit was in the way last

    /** Since when no append succeeded although offers are held; -1 when that is not so. */
    private long stuckSinceMs = -1;

    StageDoor(IntakeLoop loop, StageRegistry registry, RepoName repo) {
        this.loop = loop;
        this.registry = registry;
        this.repo = repo;
        this.acks = new AckDesk(loop, registry);
    }

    RepoName repo() {
        return repo;
    }

    int interest() {
        return interest;
    }

    void offer(Offer offer) {
        if (offer.ack() != AckLevel.STAGED && !loop.mayAwait()) {
            loop.refuse(offer, full(0, "too many acknowledgements are awaited on this node"));
        } else if (held.isEmpty() && usable()) {
            take(offer);
        } else {
            hold(offer);
        }
    }

    private boolean usable() {
        return stage != null && stage.state() == StageState.ACTIVE;
    }

    private void hold(Offer offer) {
        if (held.size() >= MAX_HELD) {
            loop.refuse(offer, full(0, "too many batches wait for repo " + repo));
            return;
        }
        held.add(offer);
        if (!usable()) {
            open();
        }
    }

    private void take(Offer offer) {
        long need = EntryLayout.entryBytes(offer.bodyBytes());
        if (need >= LARGE_BYTES && !flush(offer)) {
            return;
        }
        if (!admitted(offer)) {
            return;
        }
        run.add(offer);
        runBytes += need;
        if (need >= LARGE_BYTES || runBytes >= RUN_BYTES) {
            flush(null);
        } else if (!flushLater) {
            flushLater = true;
            loop.flushLater(this);
        }
    }

    void endOfTurn() {
        flushLater = false;
        flush(null);
    }

    /** Whether the offer is to be staged; when not, it has been answered or held. */
    private boolean admitted(Offer offer) {
        ProducerWindows known = windows;
        if (offer.producerId() == 0 || known == null) {
            return true;
        }
        long at = known.admit(offer);
        if (at == ProducerWindows.PENDING && !run.isEmpty()) {
            // It may well be the same client's retry within this turn: settle the run, ask again.
            if (!flush(offer)) {
                return false;
            }
            at = known.admit(offer);
        }
        if (at >= 0) {
            registry.counters().duplicate();
            staged(offer, at, true);
        } else if (at != ProducerWindows.NEW) {
            loop.refuse(offer, badSequence(offer, at, known));
        }
        return at == ProducerWindows.NEW;
    }

    private static Refusal badSequence(Offer offer, long verdict, ProducerWindows known) {
        if (verdict == ProducerWindows.PENDING) {
            return new Refusal.Pending(
                    PENDING_RETRY_MS,
                    "sequence " + offer.sequence() + " is being staged by another request");
        }
        long highest = known.highest(offer.producerId());
        return new Refusal.BadSequence(
                "sequence "
                        + offer.sequence()
                        + (verdict == ProducerWindows.WENT_BACK
                                ? " lies below the remembered window"
                                : " jumped")
                        + "; the highest staged of this producer is "
                        + highest);
    }

    /**
     * Appends the run.
     *
     * @param behind an offer that comes after the run and must share its fate when the run cannot
     *     be appended now
     * @return whether the way is free for what comes behind
     */
    private boolean flush(@Nullable Offer behind) {
        if (run.isEmpty()) {
            return true;
        }
        List<Offer> batch = run;
        run = spareRun == null ? new ArrayList<>() : spareRun;
        spareRun = null;
        runBytes = 0;
        long epochBefore = stage == null ? 0 : stage.roomEpoch();
        int done = 0;
        long result = append(batch);
        if (result == RingWriter.TOO_LARGE) {
            // Together or alone: one by one the others may fit.
            result = 0;
            while (done < batch.size() && (result >= 0 || result == RingWriter.TOO_LARGE)) {
                result = append(batch.subList(done, done + 1));
                done += result >= 0 || result == RingWriter.TOO_LARGE ? 1 : 0;
            }
        } else if (result >= 0) {
            done = batch.size();
        }
        boolean free = done == batch.size();
        if (!free) {
            blocked(batch.subList(done, batch.size()), behind, result, epochBefore);
        }
        batch.clear();
        spareRun = batch;
        return free;
    }

    /** Appends a run and answers it, or returns why not, negative. */
    private long append(List<Offer> batch) {
        Stage open = stage;
        RingWriter ring = writer;
        if (open == null || ring == null || open.state() != StageState.ACTIVE) {
            return RingWriter.CLOSED;
        }
        long need = 0;
        long records = 0;
        long bytes = 0;
        for (int i = 0; i < batch.size(); i++) {
            Offer offer = batch.get(i);
            need += EntryLayout.entryBytes(offer.bodyBytes());
            bytes += offer.bodyBytes();
            records += offer.records();
        }
        noRoom = open.reserve(need);
        if (!noRoom.isEmpty()) {
            return NO_ROOM;
        }
        long first = appendOrBreak(open, ring, batch);
        if (first < 0) {
            open.unreserve(need);
            if (first == RingWriter.TOO_LARGE && batch.size() == 1) {
                abandon(batch.get(0));
                loop.refuse(batch.get(0), tooLarge(batch.get(0)));
            }
            return first;
        }
        stuckSinceMs = -1;
        open.appended(first + need, need);
        registry.counters().appended(batch.size(), records, bytes);
        long position = first;
        for (int i = 0; i < batch.size(); i++) {
            Offer offer = batch.get(i);
            if (offer.producerId() != 0 && windows != null) {
                windows.staged(offer.producerId(), offer.sequence(), position);
            }
            long end = position + EntryLayout.entryBytes(offer.bodyBytes());
            staged(offer, position, false);
            position = end;
        }
        return first;
    }

    private static final long NO_ROOM = -16;
    private static final long BROKEN = -17;

    private long appendOrBreak(Stage open, RingWriter ring, List<Offer> batch) {
        try {
            return ring.append(batch);
        } catch (RuntimeException | InternalError e) {
            // InternalError is how the JVM reports a mapping whose file cannot be read or written.
            registry.broke(open, e);
            return BROKEN;
        }
    }

    private void staged(Offer offer, long first, boolean duplicate) {
        Stage open = stage;
        if (open == null) {
            throw new IllegalStateException("staged without a stage");
        }
        Receipt receipt =
                new Receipt(
                        repo,
                        open.ring().epoch(),
                        first,
                        first + EntryLayout.entryBytes(offer.bodyBytes()),
                        offer.records(),
                        duplicate);
        if (acks.answered(open, offer, receipt)) {
            return;
        }
        updateInterest();
        // Pairs with the volatile position that is written before interest is read in signal.
        acks.settle(open);
    }

    /** The run could not be appended: hold it while there is hope, else refuse it. */
    private void blocked(List<Offer> batch, @Nullable Offer behind, long result, long epochBefore) {
        batch.forEach(this::abandon);
        if (result == RingWriter.CLOSED || (result == RingWriter.FULL && roomIsComing())) {
            holdFirst(batch, behind);
            if (result == RingWriter.CLOSED) {
                open();
            } else {
                awaitRoom(epochBefore);
            }
            return;
        }
        Refusal why = refusal(result);
        batch.forEach(offer -> loop.refuse(offer, why));
        if (behind != null) {
            loop.refuse(behind, why);
        }
    }

    private Refusal refusal(long result) {
        if (result == NO_ROOM && stage != null) {
            return registry.noRoom(stage, noRoom, RUN_BYTES);
        } else if (result != RingWriter.FULL) {
            return Refusals.unavailable("the files of repo " + repo + " failed");
        }
        return full(registry.ring().segmentBytes(), "repo " + repo + " has no room");
    }

    private void abandon(Offer offer) {
        if (offer.producerId() != 0 && windows != null) {
            windows.abandoned(offer.producerId(), offer.sequence());
        }
    }

    private void holdFirst(List<Offer> batch, @Nullable Offer behind) {
        putBack = true;
        if (behind != null) {
            held.addFirst(behind);
        }
        for (int i = batch.size() - 1; i >= 0; i--) {
            held.addFirst(batch.get(i));
        }
    }

    /** The budget is not spent: the next segment is only not ready yet. */
    private boolean roomIsComing() {
        Stage open = stage;
        return !patienceOver
                && open != null
                && open.stagedBytes() + registry.ring().segmentBytes()
                        <= registry.ring().maxBytes();
    }

    private void awaitRoom(long epochBefore) {
        updateInterest();
        if (stuckSinceMs < 0) {
            stuckSinceMs = registry.nowMs();
        }
        setRoomTimer(registry.staging().roomWaitMs());
        Stage open = stage;
        if (open != null && open.roomEpoch() != epochBefore) {
            signal(ROOM);
        }
    }

    private void setRoomTimer(long delayMs) {
        if (!roomTimerSet) {
            roomTimerSet = true;
            loop.runLater(delayMs, this::roomWaitOver);
        }
    }

    private void roomWaitOver() {
        roomTimerSet = false;
        if (stuckSinceMs < 0) {
            return;
        }
        long leftMs = stuckSinceMs + registry.staging().roomWaitMs() - registry.nowMs();
        if (leftMs > 0) {
            setRoomTimer(leftMs);
            return;
        }
        patienceOver = true;
        replay();
        patienceOver = false;
        stuckSinceMs = -1;
    }

    /** Lets the held offers through, in order, until something stops them again. */
    private void replay() {
        int turns = held.size();
        putBack = false;
        while (turns-- > 0 && !putBack && !held.isEmpty() && usable()) {
            take(held.remove());
        }
        if (held.isEmpty() || patienceOver) {
            flush(null);
        }
        updateInterest();
        if (!putBack && !held.isEmpty() && usable()) {
            // an answer led to another offer at once, which came behind the others
            loop.run(look);
        }
    }

    private void open() {
        if (opening) {
            return;
        }
        opening = true;
        leave();
        registry.open(repo).onComplete(opened -> loop.run(() -> opened(opened)));
    }

    private void opened(AsyncResult<Stage> result) {
        opening = false;
        if (result.failed()) {
            Refusal why = Refusals.of(result.cause());
            while (!held.isEmpty()) {
                loop.refuse(held.remove(), why);
            }
            loop.forget(this);
            return;
        }
        Stage open = result.result();
        stage = open;
        writer = open.ring().newWriter(loop.window());
        windows = open.ring().producers();
        open.add(this);
        if (usable()) {
            replay();
        } else if (!held.isEmpty()) {
            open();
        }
    }

    /** Lets go of a stage that is over, answering whoever waited on it. */
    private void leave() {
        Stage old = stage;
        if (old == null) {
            return;
        }
        old.remove(this);
        acks.settle(old);
        acks.over(old);
        stage = null;
        writer = null;
        windows = null;
        updateInterest();
    }

    /** Something the door may wait for happened; any thread. */
    void signal(int what) {
        if (((interest & what) != 0 || what == ANY) && lookScheduled.compareAndSet(false, true)) {
            loop.run(look);
        }
    }

    private void look() {
        lookScheduled.set(false);
        Stage open = stage;
        if (open == null) {
            return;
        }
        StageState now = open.state();
        if (now == StageState.FAILED || now == StageState.CLOSED) {
            leave();
            if (!held.isEmpty()) {
                open();
            } else if (run.isEmpty()) {
                loop.forget(this);
            }
            return;
        }
        acks.settle(open);
        updateInterest();
        if (!held.isEmpty() && usable()) {
            replay();
        }
    }

    void expireAcks(long nowMs) {
        acks.expire(nowMs);
        updateInterest();
    }

    private void updateInterest() {
        int now = acks.interest() | (held.isEmpty() ? 0 : ROOM);
        if (now != interest) {
            interest = now;
        }
    }

    private Refusal tooLarge(Offer offer) {
        return new Refusal.TooLarge(
                "a batch of "
                        + offer.bodyBytes()
                        + " bytes does not fit into a segment of "
                        + registry.ring().segmentBytes()
                        + " (ring.segment_bytes)");
    }

    private Refusal full(long bytes, String message) {
        Stage open = stage;
        long retryAfterMs = open == null ? DrainRate.STALLED_RETRY_MS : open.retryAfterMs(bytes);
        return new Refusal.Full(repo, retryAfterMs, message);
    }
}
