package io.penstock.exporter.recovery;

import static io.penstock.exporter.recovery.DecisionTable.any;
import static io.penstock.exporter.recovery.DecisionTable.in;

/** What to make of a cursor's file. */
public final class CursorTable {

    /** The file. */
    public enum File {
        /** Cut short, or neither copy of its state has a right checksum. */
        DAMAGED,
        /** Of a later format. */
        NEWER,
        /** Valid, of another ring. */
        FOREIGN,
        /** Valid and ours. */
        OURS
    }

    /** The position in it, or the end of the furthest take recorded in it. */
    public enum Place {
        /** Below the oldest segment. */
        BELOW,
        /** Between the oldest segment and the tail. */
        INSIDE,
        /** Above the tail: entries were lost that the export has seen. */
        BEYOND
    }

    /** What to do. */
    public enum Decision {
        /** Go on there. */
        KEEP,
        /**
         * Go on at the oldest segment. A segment goes away only when every cursor has passed it, so
         * what lay between was delivered, and is counted as that.
         */
        CLAMP,
        /** Go on there, and move the tail above it. */
        LEAP,
        /** Rename it out of the way; begin anew at the oldest entry: rather twice than never. */
        RESET,
        /** Leave the whole ring alone. */
        REFUSE
    }

    static final DecisionTable<Decision> TABLE =
            new DecisionTable<Decision>(File.class, Place.class)
                    .row("A", Decision.RESET, in(File.DAMAGED, File.FOREIGN), any(Place.class))
                    .row("B", Decision.REFUSE, in(File.NEWER), any(Place.class))
                    .row("C", Decision.CLAMP, in(File.OURS), in(Place.BELOW))
                    .row("D", Decision.KEEP, in(File.OURS), in(Place.INSIDE))
                    .row("E", Decision.LEAP, in(File.OURS), in(Place.BEYOND));

    private CursorTable() {}

    /** Decides. */
    public static Decision decide(File file, Place place) {
        return TABLE.decide(file, place);
    }
}
