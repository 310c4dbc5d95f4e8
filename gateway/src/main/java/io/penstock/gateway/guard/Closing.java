package io.penstock.gateway.guard;

import java.util.Locale;

/** Why a connection was closed or not let in, as metrics have it. */
public enum Closing {
    /** The port has as many connections as it may. */
    FULL,
    /** The client's address has as many connections as it may. */
    ADDRESS,
    /** No request head came in time: nothing at all, or too slowly. */
    HEAD,
    /** The request was not whole in time. */
    REQUEST,
    /** No request was open for a long time. */
    IDLE,
    /** It was old; clients open another, perhaps with another node. */
    AGE,
    /** The client answers no ping. */
    SILENT,
    /** The client does not read what it is sent. */
    UNREAD,
    /** More pings than a client may send. */
    PINGS,
    /** Not a connection but a request was refused: too many are open. */
    REQUESTS,
    /** Too many frames that carry nothing, or hardly anything. */
    FRAMES;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in metrics. */
    public String word() {
        return word;
    }
}
