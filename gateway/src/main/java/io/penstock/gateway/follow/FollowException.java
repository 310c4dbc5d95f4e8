package io.penstock.gateway.follow;

/** Following cannot begin, or cannot go on, without a person. */
public final class FollowException extends Exception {
    private static final long serialVersionUID = 1L;

    FollowException(String message) {
        super(message);
    }
}
