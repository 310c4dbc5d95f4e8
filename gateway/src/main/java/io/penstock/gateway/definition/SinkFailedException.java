package io.penstock.gateway.definition;

/** A sink cannot be made as it is asked for; the message is the sink's. */
final class SinkFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    SinkFailedException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
