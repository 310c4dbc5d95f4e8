package io.penstock.cluster.assignment;

/**
 * What became of bytes that should be a table.
 *
 * <p>Threading: immutable.
 */
public sealed interface Decoded {

    /**
     * They are one.
     *
     * @param table the table
     */
    record Table(AssignmentTable table) implements Decoded {}

    /**
     * They are none that this build can read.
     *
     * @param fault which kind
     * @param why one sentence for a person
     */
    record Refused(Fault fault, String why) implements Decoded {}

    /** Why bytes are refused. */
    enum Fault {
        /** Whole and unharmed, but of a format that a newer version of Penstock writes. */
        NEWER_FORMAT,
        /** Cut off, changed, or never a table. */
        DAMAGED
    }
}
