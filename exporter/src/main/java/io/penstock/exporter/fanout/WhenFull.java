package io.penstock.exporter.fanout;

/** What an export that lags most does when its repo's disk budget is spent. */
public enum WhenFull {
    /** Nothing: new batches are refused until the sink catches up. */
    BLOCK,
    /** Drops the oldest run; the ledger counts it. */
    DROP_OLDEST,
    /** Turns the oldest run into dead letters, as long as there is room for them. */
    DEAD_LETTER
}
