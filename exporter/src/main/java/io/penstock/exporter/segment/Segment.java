package io.penstock.exporter.segment;

import io.penstock.exporter.storage.MappedRegion;
import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One lap of a segment file: where writers claim space, publish entries and finish, and where
 * readers walk.
 *
 * <p>Writing, in this order, by any number of threads at once:
 *
 * <ol>
 *   <li>{@link #claim} moves {@code claimed} by compare-and-set: the space is the caller's alone;
 *   <li>the bytes are written with plain stores ({@link EntryEncoder});
 *   <li>{@link #publish} stores the commit word with release; it pairs with the acquire in {@link
 *       EntryWalk}: who sees the word sees the bytes;
 *   <li>{@link #finish} says that the claim is over, published or not.
 * </ol>
 *
 * <p>A segment whose claims are all over and that takes no more is {@link #complete}: from then on
 * whatever is not valid in it is damage, and no longer somebody's work in progress.
 *
 * <p>Threading: any thread.
 */
public final class Segment {
    /** The claim does not fit into what is left. */
    public static final int NO_ROOM = -1;

    /** The segment takes no more claims: it failed, or the ring was closed. */
    public static final int STOPPED = -2;

    /** Set in {@code claimed} when no more claims are taken; the other bits keep their value. */
    private static final int STOP_BIT = 1 << 31;

    private static final int RETIRED = -1;

    private static final VarHandle CLAIMED;
    private static final VarHandle FINISHED;
    private static final VarHandle RECORDS;
    private static final VarHandle PINS;
    private static final VarHandle NEXT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIMED = lookup.findVarHandle(Segment.class, "claimed", int.class);
            FINISHED = lookup.findVarHandle(Segment.class, "finished", int.class);
            RECORDS = lookup.findVarHandle(Segment.class, "records", long.class);
            PINS = lookup.findVarHandle(Segment.class, "pins", int.class);
            NEXT = lookup.findVarHandle(Segment.class, "next", Segment.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SegmentFile file;
    private final MappedRegion region;
    private final SegmentHeader header;
    private final long start;
    private final int limit;

    // Any thread, by compare-and-set and add
    private volatile int claimed = SegmentLayout.DATA_START;
    private volatile int finished = SegmentLayout.DATA_START;
    private volatile long records;
    private volatile int pins;
    private volatile @Nullable Segment next;
    private volatile boolean failed;

    /** Whether everything in it was written by this process. */
    private final boolean fresh;

    /** How many segments were linked before it; unlike the index without gaps. */
    private volatile long ordinal;

    /** Below this offset nothing is anybody's work in progress: recovery has been there. */
    private volatile int settledTo = SegmentLayout.DATA_START;

    Segment(SegmentFile file, SegmentHeader header, boolean fresh) {
        this.file = file;
        this.fresh = fresh;
        this.region = file.region();
        this.header = header;
        this.limit = header.segmentBytes();
        this.start = header.index() * limit;
    }

    /**
     * Takes up a segment that recovery found.
     *
     * @param claimed offset behind its last entry, or its length when it is full
     * @param records records below that offset
     */
    public static Segment adopt(SegmentFile file, SegmentHeader header, int claimed, long records) {
        Segment segment = new Segment(file, header, false);
        segment.claimed = claimed;
        segment.finished = claimed;
        segment.settledTo = claimed;
        segment.records = records;
        return segment;
    }

    /** Number of the segment; larger than that of the one before, not always by one. */
    public long index() {
        return header.index();
    }

    /** Position of the file's first byte. */
    public long start() {
        return start;
    }

    /** Position behind the file's last byte. */
    public long end() {
        return start + limit;
    }

    /**
     * Bytes between an offset here and one in {@code later}, a segment behind it or the same: whole
     * segments counted by their length, missing numbers not at all.
     */
    public long distance(int offset, Segment later, int laterOffset) {
        return (later.ordinal - ordinal) * limit + laterOffset - offset;
    }

    /** Whether everything in it was written by this process, and none of it by an earlier one. */
    public boolean fresh() {
        return fresh;
    }

    /** Position behind the last claim. */
    public long claimedEnd() {
        return start + claimed();
    }

    /** Length of the file. */
    public int limit() {
        return limit;
    }

    /** What the file says of itself. */
    public SegmentHeader header() {
        return header;
    }

    /** The file under it. */
    public SegmentFile file() {
        return file;
    }

    MappedRegion region() {
        return region;
    }

    long salt() {
        return header.salt();
    }

    /**
     * Claims space.
     *
     * @return its offset in the file, or {@link #NO_ROOM} or {@link #STOPPED}
     */
    public int claim(int bytes) {
        while (true) {
            int at = claimed;
            if (at < 0) {
                return STOPPED;
            }
            if (bytes > limit - at) {
                return NO_ROOM;
            }
            if (CLAIMED.compareAndSet(this, at, at + bytes)) {
                return at;
            }
        }
    }

    /** Claims what is left, whatever it is, and fills it with a pad, so that readers go on. */
    public void seal() {
        while (true) {
            int at = claimed;
            if (at < 0 || at == limit) {
                return;
            }
            if (CLAIMED.compareAndSet(this, at, limit)) {
                try {
                    pad(at, limit - at);
                } finally {
                    finish(limit - at, 0);
                }
                return;
            }
        }
    }

    /**
     * Fills what nobody will claim any more with a pad: without it the next process, which does not
     * know where claims ended, would take the rest for damage.
     */
    public void padStopped() {
        int at = claimed();
        if (complete() && at < limit) {
            try {
                pad(at, limit - at);
            } catch (InternalError e) {
                fail(); // nothing can be written here: damage it is
            }
        }
    }

    /** Takes no more claims. */
    public void stop() {
        CLAIMED.getAndBitwiseOr(this, STOP_BIT);
    }

    /** A force or an access to the mapping failed: takes no more claims, and stays readable. */
    public void fail() {
        failed = true;
        stop();
    }

    /** Whether {@link #fail} was called. */
    public boolean failed() {
        return failed;
    }

    /** Makes the entry at {@code offset} visible. */
    public void publish(int offset, int bytes) {
        region.putLongRelease(offset, word(offset, bytes));
    }

    /** The commit word of an entry. */
    long word(int offset, int bytes) {
        return CommitWord.entry(salt(), start + offset, bytes);
    }

    /** Points a window at this segment's file. */
    public void open(WriteWindow window, int offset) {
        file.open(window, offset);
    }

    /** Makes a claim, or a hole, something that readers step over. */
    public void pad(int offset, int bytes) {
        region.putLongRelease(offset, CommitWord.pad(salt(), start + offset, bytes));
    }

    /** Makes the entry at an offset unrecognisable for ever, under its word and its header. */
    public void erase(int offset) {
        region.putLong(offset + EntryFormat.POSITION, 0);
        region.putLongRelease(offset, 0);
    }

    /** A claim is over; {@code published} records came of it. Release: pairs with complete. */
    public void finish(int bytes, long published) {
        if (published != 0) {
            RECORDS.getAndAdd(this, published);
        }
        FINISHED.getAndAdd(this, bytes);
    }

    /** Offset behind the last claim. */
    public int claimed() {
        return claimed & ~STOP_BIT;
    }

    /** Records that were published here; exact once the segment is complete. */
    public long records() {
        return records;
    }

    /** Whether it takes no more claims and all are over. */
    public boolean complete() {
        int at = claimed;
        return (at < 0 || at == limit) && finished == (at & ~STOP_BIT);
    }

    /**
     * Offset up to which every claim is over, if that can be told without looking at the entries:
     * if nobody is just at work here. Else -1.
     */
    public int quietTo() {
        // finished first: had a claim begun before the second read, it would not match
        int over = finished;
        return over == claimed() ? over : -1;
    }

    /** Readers need not wait for anybody below this offset. */
    int settledTo() {
        return complete() ? claimed() : settledTo;
    }

    /** The segment behind it, or null when that is not ready. */
    public @Nullable Segment next() {
        return next;
    }

    /** Makes the segment behind it known; once. */
    public void link(Segment segment) {
        segment.ordinal = ordinal + 1;
        if (!NEXT.compareAndSet(this, null, segment)) {
            throw new IllegalStateException("segment " + index() + " has a successor");
        }
    }

    /**
     * Keeps the file from being recycled, and that of every later segment.
     *
     * @return false when that has happened already
     */
    public boolean pin() {
        while (true) {
            int now = pins;
            if (now == RETIRED) {
                return false;
            }
            if (PINS.compareAndSet(this, now, now + 1)) {
                return true;
            }
        }
    }

    /** Undoes one {@link #pin}. */
    public void unpin() {
        PINS.getAndAdd(this, -1);
    }

    /** Whether somebody keeps it. */
    public boolean pinned() {
        return pins > 0;
    }

    /** Lets the file go, unless somebody pinned it. */
    public boolean retire() {
        return PINS.compareAndSet(this, 0, RETIRED);
    }

    /**
     * Makes everything in the file survive a loss of power. Blocking. A failure fails the segment:
     * after it the kernel calls lost pages clean, so that a second try would succeed and mean
     * nothing.
     */
    public void force() throws IOException {
        if (failed) {
            throw new IOException(file.path() + " failed before");
        }
        try {
            file.force();
        } catch (IOException e) {
            fail();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "segment " + index() + " in " + file.path().getFileName();
    }
}
