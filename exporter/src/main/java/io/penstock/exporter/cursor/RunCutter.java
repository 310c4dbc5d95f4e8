package io.penstock.exporter.cursor;

import io.penstock.exporter.segment.EntryReader;
import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import java.util.function.LongConsumer;

/**
 * Walks forward from where the last run ended and measures the next one, checking every entry: its
 * word and its header always, its body where that may have come back from the disk.
 *
 * <p>Threading: guarded by the cursor.
 */
public final class RunCutter {

    /** Knows where bodies cannot have changed since they were written. */
    @FunctionalInterface
    public interface Trust {
        /** Whether what lies from an offset of a segment on is in memory as it was written. */
        boolean resident(Segment segment, int offset);
    }

    private final EntryWalk walk;
    private final LongConsumer damaged;
    private final Trust trust;

    private boolean resident;
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
    public RunCutter(Segment segment, int offset, LongConsumer damaged, Trust trust) {
        this.walk = new EntryWalk(segment, offset);
        this.damaged = damaged;
        this.trust = trust;
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
        resident = trust.resident(walk.segment(), walk.offset());
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
        resident = false;
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
        if (step == EntryWalk.Step.ENTRY && bodyGood()) {
            records += entry.records();
            bodyBytes += entry.bodyBytes();
            return;
        }
        badEntries++;
        badRecords += entry.headerGood() ? entry.records() : 0;
        damaged.accept(entry.position());
    }

    private boolean bodyGood() {
        return (resident && walk.segment().fresh()) || walk.bodyGood();
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
