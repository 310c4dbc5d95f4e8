package io.penstock.exporter.schema;

/**
 * What a value is, by the call of {@link io.penstock.exporter.record.RecordVisitor} that says it.
 * Codes are never reused.
 */
public enum ValueKind {
    /** {@code intValue}. */
    INT(0),
    /** {@code doubleValue}. */
    DOUBLE(1),
    /** {@code boolValue}. */
    BOOL(2),
    /** {@code stringValue}. */
    STRING(3),
    /** {@code jsonValue}. */
    JSON(4),
    /** {@code bytesValue}. */
    BYTES(5);

    /** How many kinds there are; codes lie below. */
    public static final int COUNT = 6;

    private static final ValueKind[] BY_CODE = {INT, DOUBLE, BOOL, STRING, JSON, BYTES};

    private final int code;

    ValueKind(int code) {
        this.code = code;
    }

    /** Number of the kind, in files too. */
    public int code() {
        return code;
    }

    /** The kind as a bit of a set. */
    public int bit() {
        return 1 << code;
    }

    /** The kind with a code from 0 to {@link #COUNT} - 1. */
    public static ValueKind of(int code) {
        return BY_CODE[code];
    }
}
