package io.penstock.exporter.otlp;

/**
 * Wire types, and tags of {@code opentelemetry.proto.common.v1}, which nest in one another: field
 * number times eight plus wire type. Source of the numbers: common.proto of opentelemetry-proto
 * 1.11; a test holds them against the generated classes.
 */
final class Tags {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    static final int KEY = 1 << 3 | LENGTH;
    static final int VALUE = 2 << 3 | LENGTH;

    static final int ANY_STRING = 1 << 3 | LENGTH;
    static final int ANY_BOOL = 2 << 3 | VARINT;
    static final int ANY_INT = 3 << 3 | VARINT;
    static final int ANY_DOUBLE = 4 << 3 | FIXED64;
    static final int ANY_ARRAY = 5 << 3 | LENGTH;
    static final int ANY_LIST = 6 << 3 | LENGTH;
    static final int ANY_BYTES = 7 << 3 | LENGTH;
    static final int LAST_ANY = 7;

    /** {@code ArrayValue.values} and {@code KeyValueList.values}. */
    static final int VALUES = 1 << 3 | LENGTH;

    private Tags() {}

    /** Whether a tag is that of a value in an {@code AnyValue}. */
    static boolean isAny(int tag) {
        return switch (tag) {
            case ANY_STRING, ANY_BOOL, ANY_INT, ANY_DOUBLE, ANY_ARRAY, ANY_LIST, ANY_BYTES -> true;
            default -> false;
        };
    }
}
