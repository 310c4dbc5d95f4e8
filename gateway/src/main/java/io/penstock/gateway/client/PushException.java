package io.penstock.gateway.client;

/** A push that cannot go on. */
public final class PushException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean reached;

    PushException(String message, boolean reached) {
        super(message);
        this.reached = reached;
    }

    /** Whether a server answered; false when none could be reached. */
    public boolean reached() {
        return reached;
    }
}
