package io.penstock.exporter.ring;

import io.penstock.exporter.cursor.CursorFile;
import io.penstock.exporter.cursor.CursorLayout;
import io.penstock.exporter.cursor.CursorLine;
import io.penstock.exporter.cursor.Run;
import io.penstock.exporter.cursor.RunCutter;
import io.penstock.exporter.cursor.Takes;
import io.penstock.exporter.cursor.WakeUp;
import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * One export's durable position, and the take side of the ring. Several takes may be open and are
 * settled in any order; the position advances over the contiguous settled prefix. A rolled-back run
 * is offered first next time. A run that was open when the process died is offered again exactly as
 * it was, first.
 *
 * <p>A run that is settled while an earlier one is not keeps its place among the {@link
 * #MAX_OPEN_TAKES} until the earlier one is settled too: one delivery that hangs stops the export
 * after 63 others.
 *
 * <p>Threading: confined to one thread at a time, except {@link #wake} and the getters. A short
 * lock keeps the getters honest.
 */
public final class RingCursor {
    /** Takes open at once at the most. */
    public static final int MAX_OPEN_TAKES = CursorLayout.SLOTS;

    /** Bytes that may be noted about a take at the most. */
    public static final int MAX_PROGRESS_BYTES = CursorLayout.MAX_PROGRESS_BYTES;

    private final Ring ring;
    private final String name;
    private final CursorFile file;
    private final Takes takes;
    private final RunCutter cutter;
    private final EntryWalk peek;
    private final WakeUp wakeUp = new WakeUp();
    private final long began;
    private final Object lock = new Object();

    // Guarded by lock
    private Segment positionSegment;
    private int positionOffset;
    private boolean opened;
    private int openings;

    // Any thread
    private volatile long position;

    /** A cursor whose recorded runs are not taken in yet, at the place where its line says. */
    RingCursor(Ring ring, String name, CursorFile file, Takes takes, Segment segment, int offset) {
        this.ring = ring;
        this.name = name;
        this.file = file;
        this.takes = takes;
        this.cutter = new RunCutter(segment, offset, ring::damaged, ring::isResident);
        this.peek = new EntryWalk(segment, offset);
        // one that owes every record began at the first, whether that was noted or not
        this.began = takes.line().base() == 0 ? 0 : file.began();
        this.positionSegment = segment;
        this.positionOffset = offset;
        this.position = takes.line().position();
    }

    /** Name of the export. */
    public String name() {
        return name;
    }

    /**
     * Takes the next run: whole entries, at least one, until either limit would be passed. Its
     * range is recorded in the cursor's file before this returns.
     *
     * @return the run, or null when nothing is published or {@link #MAX_OPEN_TAKES} are open
     */
    public @Nullable Take take(int maxRecords, long maxBytes) {
        synchronized (lock) {
            requireOpened();
            Run again = takes.again();
            if (again != null) {
                takes.lendAgain(again);
                return new Take(this, again, openings);
            }
            if (!takes.hasSlot()) {
                return null;
            }
            Segment segment = cutter.walk().segment();
            int offset = cutter.walk().offset();
            if (cutter.cut(maxRecords, maxBytes)) {
                return new Take(this, takes.lend(segment, offset, cutter), openings);
            }
            if (!takes.isEmpty() || cutter.walk().segment() == positionSegment) {
                return null;
            }
            // nothing but pads: let go of the segments that they fill
            takes.skipTo(cutter.walk().position());
            moveTo(cutter.walk().segment(), cutter.walk().offset());
        }
        ring.advanced();
        return null;
    }

    /** Settles a run for good. The three counts add up to the run's records. */
    public void commit(Take take, int delivered, int deadLettered, int dropped) {
        Run last;
        synchronized (lock) {
            requireLent(take);
            long sum = (long) delivered + deadLettered + dropped;
            if (sum != take.records() || delivered < 0 || deadLettered < 0 || dropped < 0) {
                throw new IllegalArgumentException(
                        "counts add up to " + sum + ", the take has " + take.records());
            }
            last = takes.settle(take.run(), delivered, deadLettered, dropped);
            if (last != null) {
                moveTo(last.endSegment(), last.endOffset());
            }
        }
        if (last != null) {
            ring.advanced();
        }
    }

    /**
     * Notes how far a take came that is settled in part, so that after a kill it is offered again
     * with what was noted last. The ring does not look into it.
     *
     * @param progress at most {@link #MAX_PROGRESS_BYTES}; not to be written to from here on
     */
    public void note(Take take, byte[] progress) {
        if (progress.length > MAX_PROGRESS_BYTES) {
            throw new IllegalArgumentException(progress.length + " bytes of progress");
        }
        synchronized (lock) {
            requireLent(take);
            takes.note(take.run(), progress);
        }
    }

    /** Gives a run back; it is offered first, as the same run, by the next take. */
    public void rollback(Take take) {
        synchronized (lock) {
            requireLent(take);
            takes.giveBack(take.run());
        }
    }

    private void moveTo(Segment segment, int offset) {
        positionSegment = segment;
        positionOffset = offset;
        position = takes.line().position();
    }

    /** Bytes published behind the last take, whole segments counted by position. */
    public long untakenBytes() {
        synchronized (lock) {
            return ring.bytesBehind(cutter.walk().segment(), cutter.walk().offset());
        }
    }

    /** Arrival of the oldest entry not taken, or -1 when there is none. */
    public long oldestUntakenMs() {
        synchronized (lock) {
            if (!opened) {
                return -1;
            }
            Run again = takes.again();
            if (again != null) {
                peek.moveTo(again.firstSegment(), again.firstOffset());
            } else {
                peek.moveTo(cutter.walk().segment(), cutter.walk().offset());
            }
            EntryWalk.Step step = peek.next(EntryWalk.Depth.HEADERS);
            if (step == EntryWalk.Step.END) {
                return -1;
            }
            return peek.entry().headerGood() ? peek.entry().arrivedMs() : 0;
        }
    }

    /**
     * Asks to be woken once by the next append, by {@link #wake}'s callback. When all places for
     * takes are in use, only {@link #commit} makes room: then this waits for an append too.
     *
     * @return false when something is there already: take now, the callback will not come
     */
    public boolean arm() {
        synchronized (lock) {
            return !opened || wakeUp.arm(this::takeable);
        }
    }

    private boolean takeable() {
        return takes.again() != null || (takes.hasSlot() && cutter.walk().ready());
    }

    /** Sets the callback of {@link #arm}; called on the appending thread, must return at once. */
    public void onWake(Runnable callback) {
        wakeUp.callback(callback);
    }

    /** Runs an armed callback now; any thread. */
    public void wake() {
        wakeUp.wake();
    }

    void wakeIfArmed() {
        wakeUp.wakeIfArmed();
    }

    /** Where an entry stands as the cursor has it. */
    public enum Where {
        /** It was there before the cursor was made. */
        BEFORE,
        /** Settled. */
        SETTLED,
        /** In a run that was taken, and will be offered until it is settled. */
        OPEN,
        /** Not taken yet. */
        AHEAD,
        /** Below the position, of a cursor of which it is not known where it began. */
        UNKNOWN
    }

    /**
     * Where an entry stands.
     *
     * @param offers how often its run was offered; 0 unless it is open
     */
    public record Place(Where where, int offers) {}

    /** Where the entry at a position stands; any thread. */
    public Place placeOf(long entry) {
        synchronized (lock) {
            if (entry < began) {
                return new Place(Where.BEFORE, 0);
            }
            if (entry < takes.line().position()) {
                return new Place(began < 0 ? Where.UNKNOWN : Where.SETTLED, 0);
            }
            Run run = takes.at(entry);
            if (run == null) {
                return new Place(Where.AHEAD, 0);
            }
            return run.isSettled()
                    ? new Place(Where.SETTLED, 0)
                    : new Place(Where.OPEN, run.offers());
        }
    }

    /** Everything below is settled. */
    public long position() {
        return position;
    }

    /** Settled, open and bookkept; see {@link RingStats.CursorStats}. */
    public RingStats.CursorStats stats() {
        synchronized (lock) {
            CursorLine settled = takes.settled();
            long lag = ring.bytesBehind(positionSegment, positionOffset);
            return new RingStats.CursorStats(
                    name,
                    position,
                    settled.base(),
                    settled.delivered(),
                    settled.deadLettered(),
                    settled.dropped(),
                    takes.open(),
                    lag,
                    Math.max(0, lag - ring.config().residentBytes()));
        }
    }

    /** A consistent view for the ledger. */
    LedgerWalk.Side ledgerSide() {
        synchronized (lock) {
            return new LedgerWalk.Side(
                    takes.settled(), takes.settledRanges(), positionSegment, positionOffset);
        }
    }

    /** Whether nothing is left to take or to settle. */
    boolean isDrained() {
        synchronized (lock) {
            return takes.isEmpty() && !cutter.walk().ready();
        }
    }

    /** Bytes between the position and the tail. */
    long lagBytes() {
        synchronized (lock) {
            return ring.bytesBehind(positionSegment, positionOffset);
        }
    }

    /** Closes the cursor; open takes stay recorded and are offered again by the next open. */
    public void close() {
        synchronized (lock) {
            opened = false;
            takes.giveBackAll();
            wakeUp.callback(null);
        }
    }

    /** Lends it out; once at a time. */
    void open() {
        synchronized (lock) {
            if (opened) {
                throw new IllegalStateException("cursor " + name + " is open already");
            }
            opened = true;
            openings++;
        }
    }

    boolean isOpened() {
        synchronized (lock) {
            return opened;
        }
    }

    int openTakes() {
        synchronized (lock) {
            return takes.open();
        }
    }

    void requireLent(Take take) {
        synchronized (lock) {
            requireOpened();
            if (take.cursor() != this || take.opening() != openings || !take.run().isOpen()) {
                throw new IllegalStateException(
                        "take " + take.first() + " of " + name + " is settled");
            }
        }
    }

    private void requireOpened() {
        if (!opened) {
            throw new IllegalStateException("cursor " + name + " is closed");
        }
    }

    /** Moves over the runs at the front that were settled before the restart. */
    void catchUp() {
        synchronized (lock) {
            Run last = takes.advance();
            if (last != null) {
                moveTo(last.endSegment(), last.endOffset());
            }
        }
    }

    RunCutter cutter() {
        return cutter;
    }

    Takes takes() {
        return takes;
    }

    CursorFile file() {
        return file;
    }
}
