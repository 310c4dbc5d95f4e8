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
    TEXT(4),
    /** {@code opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest}, protobuf. */
    OTLP_LOGS(5),
    /** {@code opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest}, protobuf. */
    OTLP_METRICS(6),
    /** {@code opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest}, protobuf. */
    OTLP_TRACES(7);

    private static final Encoding[] BY_CODE = {
        NATIVE, NDJSON, JSON_ARRAY, TEXT, OTLP_LOGS, OTLP_METRICS, OTLP_TRACES
    };

    private final byte code;

    Encoding(int code) {
        this.code = (byte) code;
    }

    /** Number of this encoding in ring entries and files. */
    public byte code() {
        return code;
    }

    /** Whether a batch is a text that people can read. */
    public boolean isText() {
        return this == NDJSON || this == JSON_ARRAY || this == TEXT;
    }

    /** Whether a batch came by OTLP. */
    public boolean isOtlp() {
        return this == OTLP_LOGS || this == OTLP_METRICS || this == OTLP_TRACES;
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
