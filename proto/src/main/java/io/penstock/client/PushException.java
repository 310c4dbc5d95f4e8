package io.penstock.client;

/** A batch that was not acknowledged. Futures of the client fail with it and nothing else. */
public final class PushException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fate fate;
    private final boolean reached;

    /** What is known of the batch. */
    public enum Fate {
        /** It is not staged: pushed again, it is a new batch. */
        NOT_STAGED,
        /** It may be staged: pushed again under another sequence it may be there twice. */
        UNKNOWN
    }

    PushException(String message, Fate fate, boolean reached) {
        super(message);
        this.fate = fate;
        this.reached = reached;
    }

    /** The same failure, for who waits for it on another thread. */
    PushException again() {
        PushException copy = new PushException(String.valueOf(getMessage()), fate, reached);
        copy.initCause(this);
        return copy;
    }

    /** What is known of the batch. */
    public Fate fate() {
        return fate;
    }

    /** Whether a server answered the last attempt; false when none could be reached. */
    public boolean reached() {
        return reached;
    }
}
