package io.penstock.exporter.sink;

/** What became of a delivery, named by what fan-out does next. */
public sealed interface Outcome {

    /** The target has it; the run is committed. */
    record Delivered() implements Outcome {}

    /**
     * The target may take it later; the same delivery is offered again under the same id.
     *
     * @param afterMs the target's own wish (Retry-After) in milliseconds, or -1 for the export's
     *     back-off
     * @param why cause in a few words, for people
     */
    record Retry(long afterMs, String why) implements Outcome {
        /** No wish of the target. */
        public static final long BACK_OFF = -1;
    }

    /**
     * The target will never take it as it is. Fan-out bisects until the poison records stand alone;
     * those become dead letters.
     *
     * @param why the target's reason, kept with the dead letters
     */
    record Rejected(String why) implements Outcome {}

    /** The one value of {@link Delivered}. */
    Outcome DELIVERED = new Delivered();
}
