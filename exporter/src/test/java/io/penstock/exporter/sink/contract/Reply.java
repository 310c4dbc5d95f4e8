package io.penstock.exporter.sink.contract;

/** What a target does with a delivery. */
public enum Reply {
    /** Takes it. */
    ACCEPT,
    /** May take it later. */
    PUT_OFF,
    /** Never takes it. */
    REFUSE,
    /** Takes it after a second. */
    SLOW
}
