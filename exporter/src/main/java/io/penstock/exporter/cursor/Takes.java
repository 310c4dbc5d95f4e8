package io.penstock.exporter.cursor;

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
public final class Takes {
    private static final long ALL_FREE = -1L;

    private final CursorFile file;
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private CursorLine line;
    private int open;

    /** One bit per record in the file. */
    private long freeSlots = ALL_FREE;

    /** No runs above what a line says. */
    public Takes(CursorFile file, CursorLine line) {
        this.file = file;
        this.line = line;
    }

    /** What lies behind the position. */
    public CursorLine line() {
        return line;
    }

    /** Runs lent out. */
    public int open() {
        return open;
    }

    /** Whether no run is known. */
    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Whether one more run can be recorded: those settled out of order count too. */
    public boolean hasSlot() {
        return freeSlots != 0;
    }

    /** The first run that is to be offered again, or null. */
    public @Nullable Run again() {
        for (Run run : runs) {
            if (run.state == Run.State.AGAIN) {
                return run;
            }
        }
        return null;
    }

    /** The run with an entry at a position, or null. */
    public @Nullable Run at(long position) {
        for (Run run : runs) {
            if (run.first() <= position && position < run.end()) {
                return run;
            }
        }
        return null;
    }

    /** Where the next run begins at the earliest. */
    private long end() {
        Run last = runs.peekLast();
        return last == null ? line.position() : last.end();
    }

    /**
     * Records a run that was just cut, before it is lent.
     *
     * @param segment segment of the place where the cutter began
     * @param offset offset of that place
     */
    public Run lend(Segment segment, int offset, RunCutter cutter) {
        long first = Math.max(end(), segment.start() + offset);
        long end = Math.max(first, cutter.walk().position());
        int slot = Long.numberOfTrailingZeros(freeSlots);
        Run run = new Run(slot, first, end, segment, offset, cutter);
        file.writeOpen(slot, first, end, run.contents().records());
        add(run);
        return run;
    }

    /** Lends a run once more. */
    public void lendAgain(Run run) {
        run.state = Run.State.OPEN;
        run.offers++;
        open++;
        file.writeOffers(run.slot(), run.offers);
    }

    /**
     * Notes how far a run came, in the export's own words.
     *
     * @param progress kept as it is
     */
    public void note(Run run, byte[] progress) {
        run.progress = progress;
        run.notes++;
        file.writeProgress(run, run.notes, progress);
    }

    /** A run comes back unsettled. */
    public void giveBack(Run run) {
        run.state = Run.State.AGAIN;
        open--;
    }

    /** All that is lent out comes back. */
    public void giveBackAll() {
        for (Run run : runs) {
            if (run.isOpen()) {
                giveBack(run);
            }
        }
    }

    /**
     * Settles a run. Its damaged records count as dropped.
     *
     * @return the last run that the position moved over, or null
     */
    public @Nullable Run settle(Run run, long delivered, long deadLettered, long dropped) {
        open--;
        run.state = Run.State.COMMITTED;
        run.delivered = delivered;
        run.deadLettered = deadLettered;
        run.dropped = dropped + run.contents().badRecords();
        if (run != runs.peekFirst()) {
            file.writeCommitted(run.slot(), run.delivered, run.deadLettered, run.dropped);
            return null;
        }
        return advance();
    }

    /** Moves the position over the settled runs at the front; answers the last one, or null. */
    public @Nullable Run advance() {
        Run last = null;
        long freed = 0;
        while (!runs.isEmpty() && runs.getFirst().state == Run.State.COMMITTED) {
            last = runs.removeFirst();
            line = line.advance(last.end(), last.delivered, last.deadLettered, last.dropped);
            freed |= 1L << last.slot();
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
    public void skipTo(long position) {
        line = line.advance(position, 0, 0, 0);
        file.write(line);
    }

    /** Keeps a record of the file from being used for anything but what stands in it. */
    public void reserve(TakeRecord record) {
        freeSlots &= ~(1L << record.slot());
    }

    /**
     * Takes in a run that was recorded before the restart: settled, or to be offered again.
     *
     * @param segment segment of the place where the cutter began
     * @param offset offset of that place
     * @return the run
     */
    public Run restore(TakeRecord record, Segment segment, int offset, RunCutter cutter) {
        Run run = new Run(record.slot(), record.first(), record.end(), segment, offset, cutter);
        run.state =
                record.state() == TakeRecord.State.COMMITTED
                        ? Run.State.COMMITTED
                        : Run.State.AGAIN;
        run.offers = Math.max(1, record.offers());
        run.delivered = record.delivered();
        run.deadLettered = record.deadLettered();
        run.dropped = record.dropped();
        add(run);
        return run;
    }

    /**
     * Takes in what was noted about a restored run before the restart. The next note is numbered
     * behind it either way.
     *
     * @param usable whether it is true of the run still
     */
    public void restoreProgress(Run run, RecordedProgress noted, boolean usable) {
        run.notes = noted.serial();
        if (usable) {
            run.progress = noted.bytes();
        }
    }

    private void add(Run run) {
        freeSlots &= ~(1L << run.slot());
        runs.addLast(run);
        open += run.isOpen() ? 1 : 0;
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
    public CursorLine settled() {
        CursorLine sum = line;
        for (Run run : runs) {
            if (run.state == Run.State.COMMITTED) {
                sum = sum.advance(line.position(), run.delivered, run.deadLettered, run.dropped);
            }
        }
        return sum;
    }

    /** Ranges of the runs settled out of order, pairs of first and end. */
    public List<long[]> settledRanges() {
        List<long[]> ranges = new ArrayList<>();
        for (Run run : runs) {
            if (run.state == Run.State.COMMITTED) {
                ranges.add(new long[] {run.first(), run.end()});
            }
        }
        return ranges;
    }
}
