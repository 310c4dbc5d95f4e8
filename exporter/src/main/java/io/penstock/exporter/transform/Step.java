package io.penstock.exporter.transform;

/** A compiled step. Threading: confined to one thread. */
@FunctionalInterface
interface Step {

    /** Changes the record in hand, or decides that it ends here. */
    Verdict apply(Row row);
}
