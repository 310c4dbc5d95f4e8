package io.penstock.exporter.record;

/** The type that a field declares, as {@code penstock.record.v1.FieldType}. */
public enum FieldType {
    /** Not stated: the value's own type is taken as it comes. */
    UNSPECIFIED,
    /** UTF-8 text. */
    STRING,
    /** Signed 64-bit integer. */
    INT64,
    /** IEEE 754 double. */
    DOUBLE,
    /** true or false. */
    BOOL,
    /** Opaque bytes. */
    BYTES
}
