package io.penstock.exporter.ring;

import io.penstock.exporter.chain.SegmentChain;
import io.penstock.exporter.chain.SegmentPool;
import io.penstock.exporter.chain.Tally;
import io.penstock.exporter.segment.Segment;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * All that moves segments from one state to the next, in one pass that may be run at any time:
 *
 * <pre>
 *   ready --(writers turn over)--> tail --(full)--> live --(passed by every cursor and the
 *   snapshot)--> retired --> spare --> ready, or deleted
 * </pre>
 *
 * <p>Writers and takers only ask for a pass; it runs on the files executor. A writer that finds no
 * segment ready is refused: a full disk and a spent budget look alike to it, and both are
 * back-pressure.
 *
 * <p>Threading: {@link #request} any thread; a pass holds the maintenance lock.
 */
final class RingMaintenance {
    /** Segments ready behind the tail at the most; a writer that outruns them adds one. */
    static final int MAX_AHEAD = 4;

    /**
     * Filled segments after which a snapshot is due: opening reads about this many. It is due
     * earlier when a segment can only be recycled with it.
     */
    static final int SNAPSHOT_EVERY = 4;

    /**
     * Segments that the tail may be ahead of the last snapshot. No position further ahead was ever
     * handed out: opening after a loss of power leaps over as many.
     */
    static final int MAX_UNCOUNTED = 64;

    /**
     * Files that a ring turns round when its cursors keep up: the one that is written, those ready
     * behind it, those that wait for a snapshot.
     */
    static final int FILES_IN_TURN = 1 + MAX_AHEAD + SNAPSHOT_EVERY;

    /** Least time between two signals that the budget is spent. */
    private static final long OVER_BUDGET_MS = 1000;

    /** Least time between a pass that failed and the next. */
    private static final long RETRY_MS = 100;

    private final Ring ring;
    private final SegmentChain chain;
    private final SegmentPool pool;
    private final Tally tally;
    private final RingEnvironment environment;
    private final AtomicBoolean requested = new AtomicBoolean();

    // Any thread
    private volatile boolean refused;
    private volatile boolean starved;
    private volatile @Nullable String trouble;
    private volatile long overBudgetAtMs = Long.MIN_VALUE;

    // Under the maintenance lock
    private int ahead = 1;
    private final long floorIndex;
    private long snapshotIndex;
    private long snapshotPosition;
    private long retryAtMs = Long.MIN_VALUE;

    RingMaintenance(Ring ring, RingParts parts) {
        this.ring = ring;
        this.chain = parts.chain();
        this.pool = parts.pool();
        this.tally = parts.tally();
        this.environment = parts.environment();
        this.floorIndex = parts.floorIndex();
    }

    /** Asks for a pass; many requests make one. */
    void request() {
        if (!requested.compareAndSet(false, true)) {
            return;
        }
        try {
            environment.files().execute(this::runRequested);
        } catch (RejectedExecutionException e) {
            // the node is stopping; close() does what is left to do
            requested.set(false);
        }
    }

    /** A writer was refused for want of a segment. */
    void requestRoom() {
        refused = true;
        request();
    }

    /** Why the last file could not be made or a snapshot not written, or null. */
    @Nullable String trouble() {
        return trouble;
    }

    private void runRequested() {
        requested.set(false);
        ring.maintain();
    }

    /** The pass; under the maintenance lock. */
    void pass() {
        if (environment.nowMs().getAsLong() < retryAtMs) {
            return; // refused writers ask on: a sick disk is not tried at their rate
        }
        boolean wanted = refused;
        tally.roll(chain.tail());
        try {
            if (tally.mark().segment().index() - snapshotIndex >= SNAPSHOT_EVERY) {
                writeSnapshot(false);
            }
            retire();
            provide();
            pool.trim(MAX_AHEAD);
        } catch (IOException e) {
            retryAtMs = environment.nowMs().getAsLong() + RETRY_MS;
            trouble = e.toString();
        }
        // a writer refused during the pass asks for one of its own, which may well find room
        starved = wanted && chain.tail().next() == null;
    }

    /** Signals that are due; without the maintenance lock. */
    void signal(Ring.Listener listener) {
        if (refused && chain.tail().next() != null) {
            refused = false;
            if (chain.tail().next() == null) {
                // a writer used the room up and was refused again between the two lines
                refused = true;
            }
            // What was asked for came: the next time is a new one, to be told of at once.
            overBudgetAtMs = Long.MIN_VALUE;
            listener.onRoom();
        }
        RingCursor last = ring.cursorSet().last();
        long releaseTo = overBudget(last);
        if (releaseTo >= 0 && last != null) {
            listener.onOverBudget(last.name(), releaseTo);
        }
    }

    /** Position to which a cursor must go to free a segment, or -1 when there is no need. */
    private long overBudget(@Nullable RingCursor last) {
        Segment oldest = chain.oldest();
        long now = environment.nowMs().getAsLong();
        if (!starved || last == null || oldest == chain.tail() || now < overBudgetAtMs) {
            return -1;
        }
        overBudgetAtMs = now + OVER_BUDGET_MS;
        return last.position() < oldest.claimedEnd() ? oldest.claimedEnd() : -1;
    }

    private void retire() throws IOException {
        while (true) {
            Segment oldest = chain.oldest();
            boolean passed = oldest.complete() && ring.head() >= oldest.claimedEnd();
            if (oldest == chain.tail() || !passed) {
                return;
            }
            if (tally.mark().position() < oldest.claimedEnd()) {
                return; // cannot be: complete segments are counted first
            }
            if (snapshotPosition < oldest.claimedEnd()) {
                if (!pool.isSpent()) {
                    return; // several go with one snapshot, while there is room for more files
                }
                writeSnapshot(false);
            }
            Segment retired = chain.retireOldest();
            if (retired == null) {
                return;
            }
            if (retired.failed()) {
                pool.delete(retired.file());
            } else {
                pool.give(retired.file());
            }
        }
    }

    /** Puts segments behind the tail, as many as are wanted and paid for. */
    private void provide() throws IOException {
        Segment tail = chain.tail();
        if (ring.hasFailed() || tail.failed()) {
            resumeWhenDrained(tail);
            return;
        }
        if (refused && tail.next() == null) {
            ahead = Math.min(MAX_AHEAD, ahead + 1);
        }
        // the last one is made only when the tail is half full: a repo with little data gets by
        // with one file
        int wanted = tail.claimed() * 2L >= tail.limit() ? ahead : ahead - 1;
        for (int made = 0; made < MAX_AHEAD && chain.ready() < wanted; made++) {
            if (!provideOne()) {
                return;
            }
            trouble = null;
            // making a file takes long: what the takers passed meanwhile is the better next one
            retire();
        }
    }

    private boolean provideOne() throws IOException {
        long index = Math.max(floorIndex, chain.newest().index() + 1);
        if (index - snapshotIndex > MAX_UNCOUNTED) {
            return false;
        }
        Segment segment = pool.obtain(index);
        if (segment == null) {
            return false;
        }
        chain.append(segment);
        return true;
    }

    /** After a failure: goes on in another file once nothing of the old ones is needed. */
    private void resumeWhenDrained(Segment tail) throws IOException {
        tail.stop(); // a writer may have turned over to it while the failure was being noticed
        boolean drained = tail.complete() && ring.head() >= tail.claimedEnd();
        if (!drained || (chain.ready() == 0 && !provideOne())) {
            return;
        }
        Segment next = tail.next();
        tail.padStopped();
        if (next != null && chain.advance(tail, next)) {
            refused = true;
            ring.recovered();
            tally.roll(next);
            retire();
        }
    }

    /** Writes what the tally says; under the maintenance lock. */
    void writeSnapshot(boolean closed) throws IOException {
        Tally.Mark mark = tally.mark();
        long reached = Math.max(mark.segment().index(), floorIndex);
        ring.snapshot(mark, reached, closed).write(environment.storage(), ring.files().snapshot());
        snapshotIndex = reached;
        snapshotPosition = mark.position();
    }
}
