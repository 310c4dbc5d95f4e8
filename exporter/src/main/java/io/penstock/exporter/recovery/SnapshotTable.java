package io.penstock.exporter.recovery;

import static io.penstock.exporter.recovery.DecisionTable.any;
import static io.penstock.exporter.recovery.DecisionTable.in;

/** How to open a ring, from what its snapshot says and what else there is. */
public final class SnapshotTable {

    /** The snapshot file. */
    public enum Snapshot {
        /** There is none. */
        MISSING,
        /** Wrong magic or checksum. */
        DAMAGED,
        /** Of a later format. */
        NEWER,
        /** Valid, written while the ring was open. */
        OPEN,
        /** Valid, the last thing that an orderly close wrote. */
        CLOSED
    }

    /** Whether the operating system has run without a break since the snapshot was written. */
    public enum Boot {
        /** Yes: what any process wrote through a mapping is there. */
        SAME,
        /** No, or unknown: whatever was not forced may be missing, the latest positions too. */
        OTHER
    }

    /** Segment files of this ring. */
    public enum Segments {
        /** None that is valid. */
        NONE,
        /** At least one. */
        SOME
    }

    /** Cursor files. */
    public enum Cursors {
        /** None. */
        NONE,
        /** At least one. */
        SOME
    }

    /** What to do. */
    public enum Decision {
        /** A new ring: draw an epoch, begin at its first position. */
        CREATE,
        /** Everything is known: tail, counts and windows stand in the snapshot. */
        RESUME,
        /** Scan from where the snapshot ends, go on at the tail that is found. */
        SCAN,
        /**
         * Scan likewise, but go on at a position that cannot have been handed out before: delivery
         * ids of lost positions must not come back with other records.
         */
        SCAN_AND_LEAP,
        /** Scan all segments, take the counts from the cursors, and leap. */
        REBUILD,
        /** Leave everything alone. */
        REFUSE
    }

    static final DecisionTable<Decision> TABLE =
            new DecisionTable<Decision>(Snapshot.class, Boot.class, Segments.class, Cursors.class)
                    .row(
                            "A",
                            Decision.CREATE,
                            in(Snapshot.MISSING),
                            any(Boot.class),
                            in(Segments.NONE),
                            in(Cursors.NONE))
                    .row(
                            "B",
                            Decision.REBUILD,
                            in(Snapshot.MISSING),
                            any(Boot.class),
                            in(Segments.SOME),
                            any(Cursors.class))
                    .row(
                            "C",
                            Decision.REBUILD,
                            in(Snapshot.MISSING),
                            any(Boot.class),
                            in(Segments.NONE),
                            in(Cursors.SOME))
                    .row(
                            "D",
                            Decision.REBUILD,
                            in(Snapshot.DAMAGED),
                            any(Boot.class),
                            any(Segments.class),
                            any(Cursors.class))
                    .row(
                            "E",
                            Decision.REFUSE,
                            in(Snapshot.NEWER),
                            any(Boot.class),
                            any(Segments.class),
                            any(Cursors.class))
                    .row(
                            "F",
                            Decision.RESUME,
                            in(Snapshot.CLOSED),
                            any(Boot.class),
                            any(Segments.class),
                            any(Cursors.class))
                    .row(
                            "G",
                            Decision.SCAN,
                            in(Snapshot.OPEN),
                            in(Boot.SAME),
                            any(Segments.class),
                            any(Cursors.class))
                    .row(
                            "H",
                            Decision.SCAN_AND_LEAP,
                            in(Snapshot.OPEN),
                            in(Boot.OTHER),
                            any(Segments.class),
                            any(Cursors.class));

    private SnapshotTable() {}

    /** Decides. */
    public static Decision decide(
            Snapshot snapshot, Boot boot, Segments segments, Cursors cursors) {
        return TABLE.decide(snapshot, boot, segments, cursors);
    }
}
