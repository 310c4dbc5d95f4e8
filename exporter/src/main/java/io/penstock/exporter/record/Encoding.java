package io.penstock.exporter.record;

/**
 * How the records of a staged batch are written. The code stands in the ring's entries: codes are
 * never reused.
 */
public enum Encoding {
    /** {@code penstock.record.v1.RecordBatch}, protobuf. */
    NATIVE(1),
    /**
     * One JSON object per line, lines ended by LF or CRLF, the last end optional, blank lines
     * ignored.
     */
    NDJSON(2),
    /** One JSON array of objects. */
    JSON_ARRAY(3),
    /**
     * Lines of text; each is a record with the one string field {@code message}. Blank lines are
     * ignored.
     */
    TEXT(4);

    private static final Encoding[] BY_CODE = {NATIVE, NDJSON, JSON_ARRAY, TEXT};

    private final byte code;

    Encoding(int code) {
        this.code = (byte) code;
    }

    /** Number of this encoding in ring entries and files. */
    public byte code() {
        return code;
    }

    /**
     * The encoding of a code.
     *
     * @throws IllegalArgumentException for a code that this version does not know
     */
    public static Encoding ofCode(byte code) {
        if (code < 1 || code > BY_CODE.length) {
            throw new IllegalArgumentException("unknown encoding code " + code);
        }
        return BY_CODE[code - 1];
    }
}
