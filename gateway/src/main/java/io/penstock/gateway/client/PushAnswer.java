package io.penstock.gateway.client;

import java.util.List;

/** What became of a batch, named by what the client does next. */
public sealed interface PushAnswer {

    /**
     * It is as safe as was asked for.
     *
     * @param records as the server counted them
     * @param duplicate whether it had been staged before
     * @param owners {@code host:port} of nodes at which batches of the repo are better pushed;
     *     empty where this one is as good
     */
    record Staged(int records, boolean duplicate, List<String> owners) implements PushAnswer {
        /** By a node as good as any. */
        public Staged(int records, boolean duplicate) {
            this(records, duplicate, List.of());
        }
    }

    /**
     * Send the same again.
     *
     * @param afterMs the server's wish in milliseconds, or -1
     * @param why for people
     * @param reached whether a server answered at all
     */
    record Again(long afterMs, String why, boolean reached) implements PushAnswer {}

    /**
     * It will never be taken.
     *
     * @param why for people
     */
    record Never(String why) implements PushAnswer {}
}
