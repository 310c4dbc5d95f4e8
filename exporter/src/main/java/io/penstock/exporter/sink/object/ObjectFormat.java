package io.penstock.exporter.sink.object;

/** What an object holds. */
public enum ObjectFormat {
    /** Columns; see {@link io.penstock.exporter.parquet}. */
    PARQUET(".parquet"),
    /** One JSON object per line. */
    NDJSON(".ndjson"),
    /** Lines of RFC 4180 behind one with the names. */
    CSV(".csv");

    private final String suffix;

    ObjectFormat(String suffix) {
        this.suffix = suffix;
    }

    /** What names end with, before the compression's own. */
    String suffix() {
        return suffix;
    }
}
