package io.penstock.perf.wire;

/**
 * What a server said to one request. Threading: immutable.
 *
 * @param kind what to do next
 * @param retryAfterMs for {@link Kind#REFUSED}: when to come back
 * @param why for people; empty when taken
 */
public record Answer(Kind kind, long retryAfterMs, String why) {
    /** The batch was acknowledged. */
    public static final Answer TAKEN = new Answer(Kind.TAKEN, 0, "");

    /** What to do next. */
    public enum Kind {
        /** Acknowledged: go on. */
        TAKEN,
        /** No room now: send the same again after the hint. */
        REFUSED,
        /** An error that a healthy run does not have. */
        FAILED
    }

    static Answer refused(long retryAfterMs, String why) {
        return new Answer(Kind.REFUSED, retryAfterMs, why);
    }

    static Answer failed(String why) {
        return new Answer(Kind.FAILED, 0, why);
    }
}
