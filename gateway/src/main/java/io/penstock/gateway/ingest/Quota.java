package io.penstock.gateway.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What requests to one repo may have, and what they have.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface Quota {
    /** One without limits. */
    Quota ALL =
            new Quota() {
                @Override
                public @Nullable Fault begin(long bytes) {
                    return null;
                }

                @Override
                public @Nullable Fault resize(long before, long now) {
                    return null;
                }

                @Override
                public void end(boolean accepted, long bytes) {}

                @Override
                public @Nullable Fault gather(int bytes, BodyBudget budget) {
                    return null;
                }

                @Override
                public int maxRecordBytes() {
                    return Integer.MAX_VALUE;
                }

                @Override
                public boolean retired() {
                    return false;
                }
            };

    /**
     * A request is to be taken.
     *
     * @param bytes of its batch as far as they are known
     * @return null when it counts from now on, until {@link #end}; else why not, with the time to
     *     come back where that is of use
     */
    @Nullable Fault begin(long bytes);

    /** A request that counts turns out to be of another size; answers a fault that it may have. */
    @Nullable Fault resize(long before, long now);

    /**
     * A request counts no more.
     *
     * @param accepted whether it was staged; if not, its bytes are given back
     */
    void end(boolean accepted, long bytes);

    /**
     * Bytes of a request that is not whole have arrived, or, negative, are gone.
     *
     * @param budget of all such bytes on the node, which knows of them already
     * @return null, or why no more of them may come; they count all the same
     */
    @Nullable Fault gather(int bytes, BodyBudget budget);

    /**
     * A connection is to belong to whoever this is of.
     *
     * @return null when it counts from now on, until {@link #disconnect}; else why not
     */
    default @Nullable Fault connect() {
        return null;
    }

    /** A connection that counts is closed. */
    default void disconnect() {}

    /** Largest record that may pass, beside the limit of the node. */
    int maxRecordBytes();

    /** Whether another has taken its place. */
    boolean retired();
}
