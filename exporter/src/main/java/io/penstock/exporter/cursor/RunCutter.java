package io.penstock.exporter.cursor;

import io.penstock.exporter.segment.EntryReader;
import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import java.util.function.LongConsumer;

/**
 * Walks forward from where the last run ended and measures the next one, checking every entry.
 *
 * <p>Threading: guarded by the cursor.
 */
public final class RunCutter {
    private final EntryWalk walk;
    private final LongConsumer damaged;

    private int records;
    private long bodyBytes;
    private int entries;
    private int badEntries;
    private int badRecords;

    /**
     * A cutter.
     *
     * @param damaged hears the positions of damaged entries
     */
    public RunCutter(Segment segment, int offset, LongConsumer damaged) {
        this.walk = new EntryWalk(segment, offset);
        this.damaged = damaged;
    }

    /** Where the next run begins. */
    public EntryWalk walk() {
        return walk;
    }

    /**
     * Moves over whole entries, at least one, until a limit would be passed.
     *
     * @return false when nothing is there
     */
    public boolean cut(int maxRecords, long maxBytes) {
        clear();
        while (true) {
            Segment segment = walk.segment();
            int offset = walk.offset();
            EntryWalk.Step step = walk.next(EntryWalk.Depth.HEADERS);
            if (step == EntryWalk.Step.END) {
                return entries > 0;
            }
            EntryReader entry = walk.entry();
            boolean fits =
                    records + (long) entry.records() <= maxRecords
                            && bodyBytes + entry.bodyBytes() <= maxBytes;
            if (step == EntryWalk.Step.ENTRY && entries > 0 && !fits) {
                walk.moveTo(segment, offset);
                return true;
            }
            count(step);
        }
    }

    /** Measures again what lies between here and a position, exactly. */
    public void cutTo(long end) {
        clear();
        while (walk.position() < end) {
            Segment segment = walk.segment();
            int offset = walk.offset();
            EntryWalk.Step step = walk.next(EntryWalk.Depth.HEADERS);
            if (step == EntryWalk.Step.END) {
                return;
            }
            if (walk.entry().position() >= end) {
                // only pads up to there: the run took them along when it was first cut
                long rest = Math.min(end - segment.start(), segment.claimed());
                walk.moveTo(segment, (int) Math.max(offset, rest));
                return;
            }
            count(step);
        }
    }

    private void count(EntryWalk.Step step) {
        EntryReader entry = walk.entry();
        entries++;
        if (step == EntryWalk.Step.ENTRY && walk.bodyGood()) {
            records += entry.records();
            bodyBytes += entry.bodyBytes();
            return;
        }
        badEntries++;
        badRecords += entry.headerGood() ? entry.records() : 0;
        damaged.accept(entry.position());
    }

    private void clear() {
        records = 0;
        bodyBytes = 0;
        entries = 0;
        badEntries = 0;
        badRecords = 0;
    }

    /** Whether the last cut found nothing. */
    public boolean isEmpty() {
        return entries == 0;
    }

    /** What the last cut found. */
    public Run.Contents contents() {
        return new Run.Contents(records, bodyBytes, badEntries, badRecords);
    }
}
