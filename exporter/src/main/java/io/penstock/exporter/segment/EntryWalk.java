package io.penstock.exporter.segment;

import io.penstock.exporter.recovery.EntryTable;
import org.jspecify.annotations.Nullable;

/**
 * A walk forward over the entries of a chain of segments. Steps over pads, and, where nobody is at
 * work any more, over damage: it never waits for an entry that will not come, and never reads one
 * that is not there yet.
 *
 * <p>Threading: confined to one thread. The segments walked must be kept from retiring, by the
 * position of a cursor or by {@link Segment#pin}.
 */
public final class EntryWalk {

    /** What a step found. */
    public enum Step {
        /** {@link #entry} is readable. */
        ENTRY,
        /** Something was published here and is damaged; {@link #entry} may have a good header. */
        BAD,
        /** Nothing is published here yet. */
        END
    }

    /** How closely entries are looked at. */
    public enum Depth {
        /** Commit words only, as far as they are valid. */
        WORDS,
        /** Words and headers. */
        HEADERS,
        /** Bodies too. */
        BODIES
    }

    private final EntryReader reader;
    private Segment segment;
    private int offset;

    /** A walk from an offset of a segment. */
    public EntryWalk(Segment segment, int offset) {
        this.reader = new EntryReader(segment);
        this.segment = segment;
        this.offset = offset;
    }

    /** Goes elsewhere. */
    public void moveTo(Segment to, int toOffset) {
        this.segment = to;
        this.offset = toOffset;
    }

    /** The segment of {@link #position}. */
    public Segment segment() {
        return segment;
    }

    /** Offset of {@link #position} in its segment. */
    public int offset() {
        return offset;
    }

    /** Behind the last step; where the next one looks. */
    public long position() {
        return segment.start() + offset;
    }

    /** What the last step found; valid until the next. */
    public EntryReader entry() {
        return reader;
    }

    /** One step. */
    public Step next(Depth depth) {
        while (true) {
            if (offset >= segment.claimed()) {
                Segment following = following(segment, offset);
                if (following == null) {
                    return Step.END;
                }
                moveTo(following, SegmentLayout.DATA_START);
                continue;
            }
            Step step = stepHere(depth);
            if (step != null) {
                return step;
            }
        }
    }

    /** Whether {@link #next} would find something. Does not move. */
    public boolean ready() {
        Segment at = segment;
        int from = offset;
        while (true) {
            if (from < at.claimed()) {
                int settledTo = at.settledTo();
                CommitWord.Kind kind = reader.look(at, from);
                if (kind == CommitWord.Kind.NONE) {
                    return from < settledTo;
                }
                if (kind == CommitWord.Kind.ENTRY) {
                    return true;
                }
                from += reader.bytes();
                continue;
            }
            Segment following = following(at, from);
            if (following == null) {
                return false;
            }
            at = following;
            from = SegmentLayout.DATA_START;
        }
    }

    /**
     * The segment to go on in once everything below an offset of one was walked, or null while more
     * may come, or has come just now.
     */
    private static @Nullable Segment following(Segment segment, int offset) {
        // complete first: only from then on what is claimed stands still. The other way round the
        // rest of the segment may be claimed and finished between the two, and would be left out.
        boolean over = segment.complete();
        return over && offset >= segment.claimed() ? segment.next() : null;
    }

    /** Checks the body of the entry that a step with {@link Depth#HEADERS} found. */
    public boolean bodyGood() {
        try {
            return reader.bodyGood();
        } catch (InternalError e) {
            reader.segment().fail();
            return false;
        }
    }

    private @Nullable Step stepHere(Depth depth) {
        try {
            // before the look: an entry published between the two must not pass for damage
            int settledTo = segment.settledTo();
            CommitWord.Kind kind = reader.look(segment, offset);
            if (kind == CommitWord.Kind.NONE && offset >= settledTo) {
                return Step.END;
            }
            return carryOut(judge(reader, depth));
        } catch (InternalError e) {
            // the disk cannot give the page back; what else lies in this segment is unknown
            segment.fail();
            offset = segment.claimed();
            return Step.BAD;
        }
    }

    private @Nullable Step carryOut(EntryTable.Decision decision) {
        switch (decision) {
            case SKIP_PAD -> {
                offset += reader.bytes();
                return null;
            }
            case ACCEPT -> {
                offset += reader.bytes();
                return Step.ENTRY;
            }
            case QUARANTINE -> {
                offset += reader.bytes();
                return Step.BAD;
            }
            default -> {
                int from = offset;
                offset = EntrySearch.next(reader, segment, from + EntryFormat.ALIGNMENT);
                reader.look(segment, from);
                return Step.BAD;
            }
        }
    }

    /** The decision for the place that the reader looked at. */
    static EntryTable.Decision judge(EntryReader reader, Depth depth) {
        EntryTable.Word word =
                switch (reader.kind()) {
                    case ENTRY -> EntryTable.Word.ENTRY;
                    case PAD -> EntryTable.Word.PAD;
                    case NONE -> EntryTable.Word.NONE;
                };
        if (word == EntryTable.Word.PAD) {
            return EntryTable.decide(
                    word, EntryTable.Header.BAD, EntryTable.Body.BAD, EntryTable.Run.WHOLE);
        }
        // an entry without a word must prove itself whole, whatever the depth
        boolean worded = word == EntryTable.Word.ENTRY;
        boolean header = (worded && depth == Depth.WORDS) || reader.loadHeader();
        boolean body = header && ((worded && depth != Depth.BODIES) || reader.bodyGood());
        return EntryTable.decide(
                word,
                header ? EntryTable.Header.GOOD : EntryTable.Header.BAD,
                body ? EntryTable.Body.GOOD : EntryTable.Body.BAD,
                EntryTable.Run.WHOLE);
    }
}
