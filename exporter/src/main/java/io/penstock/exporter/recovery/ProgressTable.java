package io.penstock.exporter.recovery;

import static io.penstock.exporter.recovery.DecisionTable.any;
import static io.penstock.exporter.recovery.DecisionTable.in;

/** What to make of the progress that stands beside a take which is offered again. */
public final class ProgressTable {

    /** Whose progress it is. */
    public enum Progress {
        /** Nobody's: nothing was noted, or the one note was being written. */
        NONE,
        /** That of a run which had the place before. */
        FOREIGN,
        /** That of this run. */
        OURS
    }

    /** Records of the run, against those it had when the progress was noted. */
    public enum Records {
        /** As many. */
        SAME,
        /** Others: an entry was damaged since, and the numbers of records have moved. */
        CHANGED
    }

    /** What to do. */
    public enum Decision {
        /** Offer the run as if nothing of it were settled: rather twice than never. */
        OFFER_WHOLE,
        /** Offer what is not settled, in the pieces in which it was. */
        OFFER_REST
    }

    static final DecisionTable<Decision> TABLE =
            new DecisionTable<Decision>(Progress.class, Records.class)
                    .row(
                            "A",
                            Decision.OFFER_WHOLE,
                            in(Progress.NONE, Progress.FOREIGN),
                            any(Records.class))
                    .row("B", Decision.OFFER_REST, in(Progress.OURS), in(Records.SAME))
                    .row("C", Decision.OFFER_WHOLE, in(Progress.OURS), in(Records.CHANGED));

    private ProgressTable() {}

    /** Decides. */
    public static Decision decide(Progress progress, Records records) {
        return TABLE.decide(progress, records);
    }
}
