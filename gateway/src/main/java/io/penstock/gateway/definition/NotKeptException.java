package io.penstock.gateway.definition;

import io.penstock.gateway.definition.Ruling.Why;

/** A definition is not kept; the message is for whoever asked. */
final class NotKeptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    NotKeptException(Why why, String message) {
        super(message);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
