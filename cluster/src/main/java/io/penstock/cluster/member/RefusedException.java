package io.penstock.cluster.member;

/** A node cannot be a member of this cluster; the message says why, and names the key. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** With what is wrong, for a person. */
    public RefusedException(String message) {
        super(message);
    }

    /** With what is wrong, and what brought it up. */
    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
