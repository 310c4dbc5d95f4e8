package io.penstock.exporter.sink.otlp;

/** What becomes of the records of a request that the target took in part. */
public enum PartialSuccess {
    /**
     * Dead letters, all of them: those that the target has may come twice when they are replayed.
     */
    DEAD_LETTER,
    /** Delivered, all of them: those that the target dropped are gone. */
    ACCEPT
}
