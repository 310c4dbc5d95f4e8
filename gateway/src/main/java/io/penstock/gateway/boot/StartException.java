package io.penstock.gateway.boot;

/** A node cannot start here; the message names the key of the configuration that is to blame. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason, which names key and value. */
    public StartException(String message) {
        super(message);
    }

    /** With the reason, which names key and value, and its cause. */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
