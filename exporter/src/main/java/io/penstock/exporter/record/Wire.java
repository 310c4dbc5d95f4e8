package io.penstock.exporter.record;

/**
 * Tags of {@code penstock.record.v1} as they stand on the wire: field number times eight plus wire
 * type. A test holds them against the generated classes.
 */
final class Wire {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    static final int BATCH_FIELDS = 1 << 3 | LENGTH;
    static final int BATCH_RECORDS = 2 << 3 | LENGTH;

    static final int SCHEMA_NAME = 1 << 3 | LENGTH;
    static final int SCHEMA_TYPE = 2 << 3 | VARINT;

    static final int RECORD_TIME = 1 << 3 | FIXED64;
    static final int RECORD_VALUES = 2 << 3 | LENGTH;

    static final int VALUE_STRING = 1 << 3 | LENGTH;
    static final int VALUE_INT = 2 << 3 | VARINT;
    static final int VALUE_DOUBLE = 3 << 3 | FIXED64;
    static final int VALUE_BOOL = 4 << 3 | VARINT;
    static final int VALUE_BYTES = 5 << 3 | LENGTH;
    static final int LAST_KIND = 5;

    /** Most fields of a batch, as record.proto promises. */
    static final int MAX_FIELDS = 4096;

    /** Most records of a batch, as record.proto promises. */
    static final int MAX_RECORDS = 1_000_000;

    /** Longest field name in bytes, as record.proto promises. */
    static final int MAX_NAME_BYTES = 255;

    /** A FieldSchema is a name, a type and room for what later versions may add. */
    static final int MAX_SCHEMA_BYTES = 1024;

    private Wire() {}
}
