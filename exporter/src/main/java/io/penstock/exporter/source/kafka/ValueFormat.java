package io.penstock.exporter.source.kafka;

/** What the values of a topic are. */
public enum ValueFormat {
    /** A JSON object each, whose members become fields; what is none becomes a text. */
    JSON,
    /** A text each, which becomes the field {@code message}. */
    TEXT,
    /** Anything; becomes the field {@code value}. */
    BYTES
}
