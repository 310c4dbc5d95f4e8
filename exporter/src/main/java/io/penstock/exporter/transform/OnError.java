package io.penstock.exporter.transform;

/** What becomes of a record that a step cannot parse. */
public enum OnError {
    /** It goes on as it is, with the reason in the field {@code parse_error}. */
    KEEP,
    /** It is dropped, and counts as dropped by rule. */
    DROP,
    /** It becomes a dead letter, with the reason. */
    DEAD_LETTER
}
