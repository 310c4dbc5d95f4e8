package io.penstock.exporter.relay;

import io.penstock.exporter.sink.Outcome;

/** Answers that say nothing about a target. Threading: immutable. */
public final class Away {
    /** Long enough for a table to arrive, short beside the seconds that a change of owner takes. */
    static final long WAIT_MS = 100;

    /** This node does not run the export, or may not deliver now. */
    public static final Outcome NOT_OWNER = of("the node asked does not own the export");

    static final Outcome NOBODY = of("no node is known to own the export");
    static final Outcome CHANGING = of("the owner of the export is changing");
    static final Outcome CUT = of("this node may not deliver any more");

    private Away() {}

    /** To be offered again soon. */
    public static Outcome of(String why) {
        return new Outcome.Retry(WAIT_MS, why, Outcome.Cause.AWAY);
    }
}
