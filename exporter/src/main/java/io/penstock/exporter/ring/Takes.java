package io.penstock.exporter.ring;

import io.penstock.exporter.cursor.CursorFile;
import io.penstock.exporter.cursor.CursorLayout;
import io.penstock.exporter.cursor.CursorLine;
import io.penstock.exporter.segment.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs between a cursor's position and where it will cut next: contiguous, in order, each with
 * its record in the cursor's file. The position moves over the settled ones at the front.
 *
 * <p>Threading: guarded by the cursor.
 */
final class Takes {
    private static final long ALL_FREE = -1L;

    private final CursorFile file;
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private CursorLine line;
    private int open;

    /** One bit per record in the file. */
    private long freeSlots = ALL_FREE;

    Takes(CursorFile file, CursorLine line) {
        this.file = file;
        this.line = line;
    }

    CursorLine line() {
        return line;
    }

    int open() {
        return open;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    @Nullable Run first() {
        return runs.peekFirst();
    }

    /** Whether one more run can be recorded: those settled out of order count too. */
    boolean hasSlot() {
        return freeSlots != 0;
    }

    private int freeSlot() {
        return Long.numberOfTrailingZeros(freeSlots);
    }

    /** The first run that is to be offered again, or null. */
    @Nullable Run again() {
        for (Run run : runs) {
            if (run.state == Run.State.AGAIN) {
                return run;
            }
        }
        return null;
    }

    /** Where the next run begins at the earliest. */
    private long end() {
        Run last = runs.peekLast();
        return last == null ? line.position() : last.end;
    }

    /** Records a run that was just cut, before it is lent. */
    Run lendNew(Segment segment, int offset, RunCutter cutter) {
        long first = Math.max(end(), segment.start() + offset);
        long end = Math.max(first, cutter.walk().position());
        Run run = new Run(freeSlot(), first, end, segment, offset, cutter);
        file.writeOpen(run.slot, run.first, run.end, run.contents.records());
        add(run);
        return run;
    }

    /** Keeps a record from being used for anything else. */
    void reserve(int slot) {
        freeSlots &= ~(1L << slot);
    }

    /** Takes in a run in whatever state, recorded already. */
    void add(Run run) {
        freeSlots &= ~(1L << run.slot);
        runs.addLast(run);
        open += run.state == Run.State.OPEN ? 1 : 0;
    }

    /** Lends a run once more. */
    void lendAgain(Run run) {
        run.state = Run.State.OPEN;
        run.offers++;
        open++;
        file.writeOffers(run.slot, run.offers);
    }

    void giveBack(Run run) {
        run.state = Run.State.AGAIN;
        open--;
    }

    /** Gives back all that is lent out. */
    void giveBackAll() {
        for (Run run : runs) {
            if (run.state == Run.State.OPEN) {
                giveBack(run);
            }
        }
    }

    /**
     * Settles a run; its counts are set.
     *
     * @return the last run that the position moved over, or null
     */
    @Nullable Run settle(Run run) {
        open--;
        run.state = Run.State.COMMITTED;
        if (run != runs.peekFirst()) {
            file.writeCommitted(run.slot, run.delivered, run.deadLettered, run.dropped);
            return null;
        }
        return advance();
    }

    /** Moves the position over the settled runs at the front. */
    @Nullable Run advance() {
        Run last = null;
        long freed = 0;
        while (!runs.isEmpty() && runs.getFirst().state == Run.State.COMMITTED) {
            last = runs.removeFirst();
            line = line.advance(last.end, last.delivered, last.deadLettered, last.dropped);
            freed |= 1L << last.slot;
        }
        if (last != null) {
            // first the line: a record at or below the position is void, the other way round a
            // kill between the two would offer a settled run once more
            file.write(line);
            free(freed);
        }
        return last;
    }

    /** Moves the position over nothing but pads, while no run is known. */
    void skipTo(long position) {
        line = line.advance(position, 0, 0, 0);
        file.write(line);
    }

    private void free(long slots) {
        for (int slot = 0; slot < CursorLayout.SLOTS; slot++) {
            if ((slots & (1L << slot)) != 0) {
                file.free(slot);
            }
        }
        freeSlots |= slots;
    }

    /** The line with the runs that are settled out of order added, at the same position. */
    CursorLine settled() {
        CursorLine sum = line;
        for (Run run : runs) {
            if (run.state == Run.State.COMMITTED) {
                sum = sum.advance(line.position(), run.delivered, run.deadLettered, run.dropped);
            }
        }
        return sum;
    }

    /** Ranges of the runs settled out of order, pairs of first and end. */
    List<long[]> settledRanges() {
        List<long[]> ranges = new ArrayList<>();
        for (Run run : runs) {
            if (run.state == Run.State.COMMITTED) {
                ranges.add(new long[] {run.first, run.end});
            }
        }
        return ranges;
    }
}
