package io.penstock.exporter.transform;

/** What a step decides about a record. */
enum Verdict {
    /** It goes on. */
    PASS,
    /** It is dropped by rule. */
    DROP,
    /** It cannot be parsed and becomes a dead letter; the row knows why. */
    DEAD_LETTER
}
