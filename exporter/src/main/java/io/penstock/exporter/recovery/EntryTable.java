package io.penstock.exporter.recovery;

import static io.penstock.exporter.recovery.DecisionTable.any;
import static io.penstock.exporter.recovery.DecisionTable.in;

import io.penstock.exporter.cursor.Run;

/**
 * What to make of a place in a segment where nobody is at work any more. Used when a ring is opened
 * and, in segments that are complete, whenever a take passes.
 *
 * <p>An entry is vouched for twice: by its commit word and by a header that knows its position and
 * has a checksum of its own. One of the two is enough to know that it was published and how long it
 * is, because the header (of a run: that of its first entry) is written after everything else but
 * the word.
 */
public final class EntryTable {

    /** The commit word. */
    public enum Word {
        /** An entry's. */
        ENTRY,
        /** A pad's. */
        PAD,
        /** Not valid at this place. */
        NONE
    }

    /** The header. */
    public enum Header {
        /** Right position, right checksum, right length. */
        GOOD,
        /** Anything else. */
        BAD
    }

    /** Checksum over header and body. */
    public enum Body {
        /** Right. */
        GOOD,
        /** Wrong, or not to be computed for want of a header. */
        BAD
    }

    /** The put transaction of the entry. */
    public enum Run {
        /** Its first entry was published, or it is the first, or that is not known. */
        WHOLE,
        /** Its first entry was never published: a kill came before the end of the run. */
        BROKEN
    }

    /** What to do. */
    public enum Decision {
        /** An entry; put its word right if need be. */
        ACCEPT,
        /** Go on behind it. */
        SKIP_PAD,
        /** It was published and went bad: go on behind it and count it. */
        QUARANTINE,
        /** It was never acknowledged: make it unrecognisable. */
        ERASE,
        /** A hole or the torn tail: look for the next thing that is valid. */
        SEARCH
    }

    static final DecisionTable<Decision> TABLE =
            new DecisionTable<Decision>(Word.class, Header.class, Body.class, Run.class)
                    .row(
                            "A",
                            Decision.SKIP_PAD,
                            in(Word.PAD),
                            any(Header.class),
                            any(Body.class),
                            any(Run.class))
                    .row(
                            "B",
                            Decision.SEARCH,
                            in(Word.NONE),
                            in(Header.BAD),
                            any(Body.class),
                            any(Run.class))
                    .row(
                            "C",
                            Decision.SEARCH,
                            in(Word.NONE),
                            in(Header.GOOD),
                            in(Body.BAD),
                            any(Run.class))
                    .row(
                            "D",
                            Decision.ACCEPT,
                            in(Word.NONE),
                            in(Header.GOOD),
                            in(Body.GOOD),
                            in(Run.WHOLE))
                    .row(
                            "E",
                            Decision.QUARANTINE,
                            in(Word.ENTRY),
                            in(Header.BAD),
                            any(Body.class),
                            any(Run.class))
                    .row(
                            "F",
                            Decision.QUARANTINE,
                            in(Word.ENTRY),
                            in(Header.GOOD),
                            in(Body.BAD),
                            in(Run.WHOLE))
                    .row(
                            "G",
                            Decision.ACCEPT,
                            in(Word.ENTRY),
                            in(Header.GOOD),
                            in(Body.GOOD),
                            in(Run.WHOLE))
                    .row(
                            "H",
                            Decision.ERASE,
                            in(Word.NONE),
                            in(Header.GOOD),
                            in(Body.GOOD),
                            in(Run.BROKEN))
                    .row(
                            "I",
                            Decision.ERASE,
                            in(Word.ENTRY),
                            in(Header.GOOD),
                            any(Body.class),
                            in(Run.BROKEN));

    private EntryTable() {}

    /** Decides. */
    public static Decision decide(Word word, Header header, Body body, Run run) {
        return TABLE.decide(word, header, body, run);
    }
}
