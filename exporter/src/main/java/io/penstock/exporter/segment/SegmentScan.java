package io.penstock.exporter.segment;

import io.penstock.exporter.recovery.EntryTable;

/**
 * Goes through a segment that nobody writes, finds its end and, if asked to, puts it right: holes
 * that were left by killed writers become pads, lost commit words are written again, leftovers of
 * unpublished runs are erased.
 *
 * <p>Threading: confined to one thread; blocks on reading.
 */
public final class SegmentScan {

    /** Sees what was published. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One entry.
         *
         * @param readable false when it is damaged; look at {@link EntryReader#headerGood} then
         */
        void entry(EntryReader entry, boolean readable);
    }

    /**
     * The result.
     *
     * @param end offset behind the last valid thing; what lies behind is the torn tail
     * @param records records of all entries, damaged ones as far as they can tell
     * @param damaged entries that failed their checksum
     * @param holes stretches in which nothing was published, with something valid behind
     * @param erased leftovers of unpublished runs
     */
    public record Found(int end, long records, int damaged, int holes, int erased) {}

    private final Segment segment;
    private final boolean repair;
    private final Visitor visitor;
    private final EntryReader reader;
    private final EntryReader runHead;

    private int end;
    private int holeAt = -1;
    private long records;
    private int damaged;
    private int holes;
    private int erased;

    /**
     * A scan.
     *
     * @param segment adopted with its whole length claimed
     * @param repair whether to write
     */
    public SegmentScan(Segment segment, boolean repair, Visitor visitor) {
        this.segment = segment;
        this.repair = repair;
        this.visitor = visitor;
        this.reader = new EntryReader(segment);
        this.runHead = new EntryReader(segment);
    }

    /** Scans, once. */
    public Found run(int from) {
        int offset = from;
        end = from;
        while (offset < segment.claimed()) {
            offset = step(offset);
        }
        return new Found(end, records, damaged, holes, erased);
    }

    private int step(int offset) {
        reader.look(segment, offset);
        EntryTable.Decision decision = judge();
        switch (decision) {
            case SKIP_PAD -> valid(offset);
            case ACCEPT -> {
                if (repair && reader.kind() == CommitWord.Kind.NONE) {
                    segment.publish(offset, reader.bytes());
                }
                valid(offset);
                records += reader.records();
                visitor.entry(reader, true);
            }
            case QUARANTINE -> {
                valid(offset);
                damaged++;
                records += reader.headerGood() ? reader.records() : 0;
                visitor.entry(reader, false);
            }
            case ERASE -> {
                erased++;
                hole(offset);
                int after = offset + reader.bytes();
                if (repair) {
                    segment.erase(offset);
                }
                return after;
            }
            default -> {
                hole(offset);
                return EntrySearch.next(reader, segment, offset + EntryFormat.ALIGNMENT);
            }
        }
        return end;
    }

    private EntryTable.Decision judge() {
        EntryTable.Decision alone = EntryWalk.judge(reader, EntryWalk.Depth.BODIES);
        boolean entry = reader.headerGood() && reader.kind() != CommitWord.Kind.PAD;
        if (!entry || alone == EntryTable.Decision.SEARCH || runIsWhole()) {
            return alone;
        }
        return EntryTable.decide(
                reader.kind() == CommitWord.Kind.ENTRY
                        ? EntryTable.Word.ENTRY
                        : EntryTable.Word.NONE,
                EntryTable.Header.GOOD,
                alone == EntryTable.Decision.ACCEPT ? EntryTable.Body.GOOD : EntryTable.Body.BAD,
                EntryTable.Run.BROKEN);
    }

    private boolean runIsWhole() {
        int back = reader.runBack();
        if (back == 0) {
            return true;
        }
        int headAt = reader.offset() - back;
        if (back < 0 || headAt < SegmentLayout.DATA_START) {
            return false;
        }
        return runHead.look(segment, headAt) == CommitWord.Kind.ENTRY || runHead.loadHeader();
    }

    private void valid(int offset) {
        if (holeAt >= 0) {
            holes++;
            if (repair) {
                segment.pad(holeAt, offset - holeAt);
            }
            holeAt = -1;
        }
        end = offset + reader.bytes();
    }

    private void hole(int offset) {
        if (holeAt < 0) {
            holeAt = offset;
        }
    }
}
