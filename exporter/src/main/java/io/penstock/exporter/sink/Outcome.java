package io.penstock.exporter.sink;

import java.util.BitSet;

/** What became of a delivery, named by what fan-out does next. */
public sealed interface Outcome {

    /** The target has it; the run is committed. */
    record Delivered() implements Outcome {}

    /** Why a target did not take a delivery now: what the export's limits learn from. */
    enum Cause {
        /** It asks for less: 429, 503, "too many requests", a full queue. */
        BUSY,
        /** It did not answer in time. */
        SLOW,
        /** It cannot be reached, or broke the connection. */
        DOWN,
        /** It answered that it failed, or the sink did. */
        FAULT,
        /** Nobody may ask it just now, or whoever may is not to be had: nothing is learnt of it. */
        AWAY
    }

    /**
     * The target may take it later; the same delivery is offered again under the same id.
     *
     * @param afterMs the target's own wish (Retry-After) in milliseconds, or -1 for the export's
     *     back-off
     * @param why cause in a few words, for people
     * @param cause kind of the failure
     */
    record Retry(long afterMs, String why, Cause cause) implements Outcome {
        /** No wish of the target. */
        public static final long BACK_OFF = -1;

        /** A failure of no particular kind. */
        public Retry(long afterMs, String why) {
            this(afterMs, why, Cause.FAULT);
        }
    }

    /**
     * The target will never take it as it is. Fan-out bisects until the poison records stand alone;
     * those become dead letters.
     *
     * @param why the target's reason, kept with the dead letters
     */
    record Rejected(String why) implements Outcome {}

    /**
     * The target answered record by record: some it has, some it may take later, some never.
     * Numbers are those of records in the delivery, counted from 0; a record in neither set is
     * delivered.
     *
     * @param again records to be offered again, those alone
     * @param refused records that become dead letters; disjoint from {@code again}
     * @param afterMs as in {@link Retry}; without meaning when nothing is to be offered again
     * @param why reasons in a few words, kept with the dead letters
     * @param cause why the target put off those in {@code again}, the most pressing one where they
     *     differ; without meaning when there are none
     */
    record PerRecord(BitSet again, BitSet refused, long afterMs, String why, Cause cause)
            implements Outcome {

        /** Put off, if at all, for no particular reason. */
        public PerRecord(BitSet again, BitSet refused, long afterMs, String why) {
            this(again, refused, afterMs, why, Cause.FAULT);
        }
    }

    /** The one value of {@link Delivered}. */
    Outcome DELIVERED = new Delivered();

    /** What a sink says that goes over a network, once it is closed. */
    Outcome CLOSED = new Retry(Retry.BACK_OFF, "the sink is closed", Cause.DOWN);
}
