package io.penstock.exporter.recovery;

import static io.penstock.exporter.recovery.DecisionTable.any;
import static io.penstock.exporter.recovery.DecisionTable.in;

/** What to make of a take that a cursor's file records. */
public final class TakeTable {

    /** What the record says. */
    public enum State {
        /** Nothing. */
        FREE,
        /** Its checksum is wrong. */
        DAMAGED,
        /** The run was lent to the export when the process died. */
        OPEN,
        /** The run was settled, out of order. */
        COMMITTED
    }

    /** Where its range lies. */
    public enum Range {
        /** At or below the cursor's position: it was counted before it was forgotten. */
        BEHIND,
        /** Across the position, or into the range of another: cannot be. */
        ACROSS,
        /** Above the position, clear of all others. */
        AHEAD
    }

    /** What to do. */
    public enum Decision {
        /** Nothing. */
        NONE,
        /** Free the record; what it covered is taken anew. */
        FORGET,
        /**
         * Offer exactly this run again, before anything else; {@link ProgressTable} says how much
         * of it.
         */
        OFFER_AGAIN,
        /** Never offer it again; count it when the position gets there. */
        PASS_OVER
    }

    static final DecisionTable<Decision> TABLE =
            new DecisionTable<Decision>(State.class, Range.class)
                    .row("A", Decision.NONE, in(State.FREE), any(Range.class))
                    .row("B", Decision.FORGET, in(State.DAMAGED), any(Range.class))
                    .row(
                            "C",
                            Decision.FORGET,
                            in(State.OPEN, State.COMMITTED),
                            in(Range.BEHIND, Range.ACROSS))
                    .row("D", Decision.OFFER_AGAIN, in(State.OPEN), in(Range.AHEAD))
                    .row("E", Decision.PASS_OVER, in(State.COMMITTED), in(Range.AHEAD));

    private TakeTable() {}

    /** Decides. */
    public static Decision decide(State state, Range range) {
        return TABLE.decide(state, range);
    }
}
