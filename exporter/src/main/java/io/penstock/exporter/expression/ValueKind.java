package io.penstock.exporter.expression;

/** What a slot holds. */
public enum ValueKind {
    /** Nothing: the record does not have the field. */
    ABSENT,
    /** An explicit null. */
    NULL,
    /** UTF-8. */
    TEXT,
    /** 64 bits, signed. */
    INTEGER,
    /** The bits of a double. */
    REAL,
    /** 1 or 0. */
    BOOLEAN,
    /** Opaque bytes. */
    BYTES,
    /** A nested object or array, or a number out of reach, as JSON text. */
    JSON
}
