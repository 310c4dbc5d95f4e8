package io.penstock.exporter.recovery;

import static io.penstock.exporter.recovery.DecisionTable.any;
import static io.penstock.exporter.recovery.DecisionTable.in;

/** What to make of a segment file. */
public final class FileTable {

    /** Its header. */
    public enum Header {
        /** Never written, or a recycling was interrupted. */
        BLANK,
        /** Wrong magic or checksum. */
        DAMAGED,
        /** Of a later format. */
        NEWER,
        /** Valid, of another ring or another segment size. */
        FOREIGN,
        /** Valid and ours. */
        OURS
    }

    /** Its length. */
    public enum Length {
        /** Shorter than a segment: a creation was interrupted, or power was lost. */
        SHORT,
        /** As it should be. */
        WHOLE
    }

    /** What it would hold. */
    public enum Content {
        /** Everything in it is settled by every cursor and counted in the snapshot. */
        RETIRED,
        /** Something in it is needed. */
        NEEDED,
        /** Another file claims to be the same segment. */
        TWIN
    }

    /** What to do. */
    public enum Decision {
        /** Use it. */
        ADOPT,
        /** Fill it up with zeros, then use it. */
        EXTEND,
        /** Keep the file for a later segment. */
        SPARE,
        /** Delete it. */
        DELETE,
        /** Rename it out of the way, count it, go on without it. */
        QUARANTINE,
        /** Leave the whole ring alone. */
        REFUSE
    }

    static final DecisionTable<Decision> TABLE =
            new DecisionTable<Decision>(Header.class, Length.class, Content.class)
                    .row(
                            "A",
                            Decision.REFUSE,
                            in(Header.NEWER),
                            any(Length.class),
                            any(Content.class))
                    .row(
                            "B",
                            Decision.SPARE,
                            in(Header.BLANK),
                            in(Length.WHOLE),
                            any(Content.class))
                    .row(
                            "C",
                            Decision.DELETE,
                            in(Header.BLANK),
                            in(Length.SHORT),
                            any(Content.class))
                    .row(
                            "D",
                            Decision.QUARANTINE,
                            in(Header.DAMAGED, Header.FOREIGN),
                            any(Length.class),
                            any(Content.class))
                    .row(
                            "E",
                            Decision.SPARE,
                            in(Header.OURS),
                            in(Length.WHOLE),
                            in(Content.RETIRED))
                    .row(
                            "F",
                            Decision.DELETE,
                            in(Header.OURS),
                            in(Length.SHORT),
                            in(Content.RETIRED))
                    .row("G", Decision.ADOPT, in(Header.OURS), in(Length.WHOLE), in(Content.NEEDED))
                    .row(
                            "H",
                            Decision.EXTEND,
                            in(Header.OURS),
                            in(Length.SHORT),
                            in(Content.NEEDED))
                    .row(
                            "I",
                            Decision.QUARANTINE,
                            in(Header.OURS),
                            any(Length.class),
                            in(Content.TWIN));

    private FileTable() {}

    /** Decides. */
    public static Decision decide(Header header, Length length, Content content) {
        return TABLE.decide(header, length, content);
    }
}
