package io.penstock.exporter.fanout;

/** What an export is doing, for people and metrics. */
public enum ExportState {
    /** Delivering, or waiting for data. */
    RUNNING(0),
    /** The last attempt failed; waits for the back-off. */
    BACKING_OFF(1),
    /** Dead letters have no room; waits for a person. */
    DEAD_LETTERS_FULL(2),
    /** Paused by a person. */
    PAUSED(3),
    /** Stopped with its stage. */
    STOPPED(4),
    /** A defect or a broken file; nothing moves until the stage is opened again. */
    FAILED(5);

    private final int code;

    ExportState(int code) {
        this.code = code;
    }

    /** Number of this state in metrics; never reused. */
    public int code() {
        return code;
    }
}
