package io.penstock.client;

import java.util.List;

/** What became of one attempt, named by what the client does next. */
sealed interface Answer {

    /**
     * It is as safe as was asked for.
     *
     * @param owners {@code host:port} of nodes at which the repo is better pushed to; empty where
     *     this one is as good
     */
    record Staged(PushReceipt receipt, List<String> owners) implements Answer {}

    /**
     * Send the same again.
     *
     * @param afterMs the server's wish in milliseconds, or -1
     * @param why for people
     * @param trouble what kind it was
     */
    record Again(long afterMs, String why, Trouble trouble) implements Answer {}

    /**
     * It will never be taken.
     *
     * @param why for people
     * @param badSequence whether it is the sequence that is not taken
     */
    record Never(String why, boolean badSequence) implements Answer {}

    /** Why an attempt has to be repeated. */
    enum Trouble {
        /** No connection: the server never heard of the batch. */
        UNREACHED,
        /** The connection broke, or no answer came: the batch may be staged. */
        BROKEN,
        /** The server says that it may be staged, or is just being staged. */
        UNDECIDED,
        /** The server has no room now. */
        FULL,
        /** The server takes nothing at present. */
        UNAVAILABLE;

        boolean maybeStaged() {
            return this == BROKEN || this == UNDECIDED;
        }

        /** Whether another server is the better choice for what comes next. */
        boolean elsewhere() {
            return this == UNREACHED || this == BROKEN || this == UNAVAILABLE;
        }
    }
}
