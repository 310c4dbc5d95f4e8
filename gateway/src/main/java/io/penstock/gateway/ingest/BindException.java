package io.penstock.gateway.ingest;

/** A port cannot be opened; the cause says why. */
public final class BindException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int place;

    BindException(int place, Throwable cause) {
        super(cause.getMessage(), cause);
        this.place = place;
    }

    /** Which of the node's ports: 0 for the data port, then as they were given. */
    public int place() {
        return place;
    }
}
