package io.penstock.gateway.client;

/** What became of a batch, named by what the client does next. */
public sealed interface PushAnswer {

    /**
     * It is as safe as was asked for.
     *
     * @param records as the server counted them
     * @param duplicate whether it had been staged before
     */
    record Staged(int records, boolean duplicate) implements PushAnswer {}

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
