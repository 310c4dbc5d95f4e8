package io.penstock.gateway.ingest;

import java.util.Locale;

/** Why a request got no receipt, by what the client should do next. */
public enum FaultKind {
    /** The bytes are not what they should be; they never will be. */
    MALFORMED,
    /** The framing around the message is broken: a defect of the client's library. */
    BAD_FRAMING,
    /** The message is compressed with something unknown here. */
    UNKNOWN_CODING,
    /** The media type is not one we take. */
    UNKNOWN_TYPE,
    /** Nothing says who asks, or what says so is not known here, or is over. */
    UNAUTHENTICATED,
    /** It is known who asks, and they may not do this. */
    FORBIDDEN,
    /** There is nothing under this path or method name. */
    UNKNOWN_PATH,
    /** The path exists, the HTTP method is another. */
    WRONG_METHOD,
    /** The repo does not exist and may not be created by a push. */
    UNKNOWN_REPO,
    /** The sequence went back behind the window or jumped. */
    BAD_SEQUENCE,
    /** Over a limit; the same batch will never be taken. */
    TOO_LARGE,
    /** No room now: come back later. */
    FULL,
    /** The same sequence is being staged by another request: come back in a moment. */
    PENDING,
    /** The node is draining or the repo's files failed: go elsewhere or come back. */
    UNAVAILABLE,
    /** Perhaps staged, not confirmed in time: retry with the same sequence. */
    ACK_TIMEOUT,
    /** The client stopped in the middle of its request. */
    STALLED,
    /** A defect of the gateway. */
    DEFECT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The kind as it stands in answers and metrics: lower case, words joined by underscores. */
    public String word() {
        return word;
    }
}
