package io.penstock.cluster.store;

import io.penstock.cluster.Version;

/**
 * What became of a table that was to be saved.
 *
 * <p>Threading: immutable.
 */
public sealed interface Saved {

    /** It is there, and stays through a loss of power. */
    record Done() implements Saved {}

    /**
     * It is not: the store has a newer one, or another one of the same version.
     *
     * @param has version that is there
     */
    record Stale(Version has) implements Saved {}

    /**
     * It is not: what is there was written by a newer version of Penstock, or the table is larger
     * than its bounds.
     *
     * @param why one sentence for a person
     */
    record Refused(String why) implements Saved {}

    /**
     * Nobody knows: the store failed on the way. Saving the same table again is safe.
     *
     * @param why one sentence for a person
     */
    record Unknown(String why) implements Saved {}
}
