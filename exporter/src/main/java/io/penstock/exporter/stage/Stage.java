package io.penstock.exporter.stage;

import io.penstock.exporter.ring.Ring;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One repo on this node: its ring, its state and its share of the node's staged bytes. Lives from
 * one opening to the next closing; see {@link StageState}.
 *
 * <p>Threading: any thread.
 */
public final class Stage {
    private final RepoName repo;
    private final StagedBytes.Part node;
    private final List<StageDoor> doors = new CopyOnWriteArrayList<>();
    private final Promise<Stage> opened = Promise.promise();
    private final Promise<Void> closed = Promise.promise();

    // Every byte between these two is counted in the node's staged bytes, exactly once.
    private final AtomicLong countedHead = new AtomicLong();
    private final AtomicLong countedTail = new AtomicLong();

    private final AtomicBoolean shutting = new AtomicBoolean();
    private volatile StageState state = StageState.OPENING;
    private volatile @Nullable Ring ring;
    private volatile @Nullable DrainRate drainRate;
    private volatile long forcedPosition;
    private volatile long forceFailures;
    private volatile long roomEpoch;
    private volatile @Nullable Throwable failure;

    // Owner: the registry's housekeeping.
    private long quietTail = -1;
    private long quietSinceMs;
    private volatile long retryAtMs;

    Stage(RepoName repo, StagedBytes.Part node) {
        this.repo = repo;
        this.node = node;
    }

    /** The repo. */
    public RepoName repo() {
        return repo;
    }

    /** Where it stands now. */
    public StageState state() {
        return state;
    }

    /**
     * The open ring.
     *
     * @throws IllegalStateException before the files were opened
     */
    public Ring ring() {
        Ring open = ring;
        if (open == null) {
            throw new IllegalStateException("repo " + repo + " has no open ring");
        }
        return open;
    }

    /** Bytes that some export still needs, the ring's own headers and padding included. */
    public long stagedBytes() {
        return Math.max(0, countedTail.get() - countedHead.get());
    }

    /** What broke it, or null. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Moves by an event; answers the state before, or null where the move is not legal. */
    synchronized @Nullable StageState move(StageState.Event event) {
        StageState before = state;
        Optional<StageState> next = before.after(event);
        if (next.isEmpty()) {
            return null;
        }
        state = next.get();
        return before;
    }

    Future<Stage> whenOpen() {
        return opened.future();
    }

    Future<Void> whenClosed() {
        return closed.future();
    }

    /** Answers true once: to whoever is to shut the stage. */
    boolean beginShut() {
        return shutting.compareAndSet(false, true);
    }

    /** The ring's files are open; from here on its bytes are counted. */
    void attach(Ring open, Ring.Listener listener, long nowMs) {
        long head = open.head();
        long tail = open.tail();
        countedHead.set(head);
        countedTail.set(tail);
        forcedPosition = open.forcedPosition();
        drainRate = new DrainRate(head, nowMs);
        node.adjust(tail - head);
        ring = open;
        open.listener(listener);
    }

    /** Takes room for an append; empty, or what is in the way. */
    String reserve(long bytes) {
        return node.reserve(bytes, stagedBytes());
    }

    /** Gives room back that was not used. */
    void unreserve(long bytes) {
        node.adjust(-bytes);
    }

    /** The ring's files were let go; nothing of it is counted any more. */
    void detach() {
        long tail = countedTail.getAndSet(0);
        node.adjust(-Math.max(0, tail - countedHead.getAndSet(0)));
    }

    void completeOpen() {
        opened.tryComplete(this);
    }

    void failOpen(Throwable cause) {
        failure = cause;
        opened.tryFail(cause);
    }

    void completeClose() {
        closed.tryComplete();
        signal(StageDoor.ANY);
    }

    /** The end of a deletion. */
    void noteDeleted(@Nullable Throwable cause) {
        if (cause == null) {
            completeClose();
        } else {
            closed.tryFail(cause);
        }
    }

    void noteFailure(Throwable cause) {
        failure = cause;
    }

    boolean isAttached() {
        return ring != null;
    }

    /**
     * An append ended at {@code end}, {@code reserved} bytes had been reserved for it. The tail may
     * have moved by more (padding) and appends of other loops may be noted in any order: what
     * counts is how far the highest end moved.
     */
    void appended(long end, long reserved) {
        long before = countedTail.getAndAccumulate(end, Math::max);
        long grown = Math.max(0, end - before);
        if (grown != reserved) {
            node.adjust(grown - reserved);
        }
    }

    void headAdvanced(long head) {
        // A head may be announced before the append that it passes was noted by its loop.
        long tailBefore = countedTail.getAndAccumulate(head, Math::max);
        if (head > tailBefore) {
            node.adjust(head - tailBefore);
        }
        long before = countedHead.getAndAccumulate(head, Math::max);
        if (head > before) {
            node.drained(head - before);
            signal(StageDoor.DELIVERED);
        }
    }

    void forced(long position) {
        forcedPosition = position;
        signal(StageDoor.SYNCED);
    }

    /** Whoever waits for a force now will not be answered by a later one. */
    void forceFailed() {
        synchronized (this) {
            forceFailures++;
        }
        signal(StageDoor.SYNCED);
    }

    /** Changes with every force that failed. */
    long forceFailures() {
        return forceFailures;
    }

    void room() {
        synchronized (this) {
            roomEpoch++;
        }
        signal(StageDoor.ROOM);
    }

    /** Changes with every {@link #room}: whoever was refused looks whether it missed one. */
    long roomEpoch() {
        return roomEpoch;
    }

    long forcedPosition() {
        return forcedPosition;
    }

    /** The ring's own head, which a ring without exports moves silently. */
    long head() {
        return ring().head();
    }

    boolean drained() {
        Ring open = ring;
        return open == null || open.head() >= open.tail();
    }

    long retryAfterMs(long bytes) {
        DrainRate rate = drainRate;
        return rate == null ? DrainRate.STALLED_RETRY_MS : rate.retryAfterMs(bytes);
    }

    void retryAt(long ms) {
        retryAtMs = ms;
    }

    long retryAtMs() {
        return retryAtMs;
    }

    /** Housekeeping: samples the drain and answers since when nothing was pushed. */
    long sample(long nowMs) {
        Ring open = ring();
        headAdvanced(open.head());
        DrainRate rate = drainRate;
        if (rate != null) {
            rate.sample(countedHead.get(), nowMs);
        }
        long tail = open.tail();
        if (tail != quietTail) {
            quietTail = tail;
            quietSinceMs = nowMs;
        }
        return quietSinceMs;
    }

    /** Whether some client waits for an acknowledgement or for room. */
    boolean awaited() {
        for (StageDoor door : doors) {
            if (door.interest() != 0) {
                return true;
            }
        }
        return false;
    }

    void add(StageDoor door) {
        doors.add(door);
    }

    void remove(StageDoor door) {
        doors.remove(door);
    }

    /** Wakes the doors that wait for one of these. */
    void signal(int what) {
        for (StageDoor door : doors) {
            door.signal(what);
        }
    }

    @Override
    public String toString() {
        return "Stage[" + repo + " " + state + "]";
    }
}
