package io.penstock.cluster.store;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;

/**
 * What a level says about its table.
 *
 * <p>Threading: immutable.
 */
public sealed interface Answer {

    /**
     * A newer one than the asker has.
     *
     * @param table the table
     * @param ageNs how long ago the level itself knew for certain that it was the newest; 0 for the
     *     store
     */
    record Found(AssignmentTable table, long ageNs) implements Answer {}

    /**
     * Nothing newer.
     *
     * @param version what the level has: the asker's, or an older one
     * @param ageNs as in {@link Found}
     */
    record NoNewer(Version version, long ageNs) implements Answer {}

    /** The level works and has no table at all. */
    record Empty() implements Answer {}

    /**
     * There is a table, and this build must not touch it: a newer one wrote it.
     *
     * @param why one sentence for a person
     */
    record Refused(String why) implements Answer {}

    /**
     * The level does not work now.
     *
     * @param why one sentence for a person
     */
    record Down(String why) implements Answer {}
}
