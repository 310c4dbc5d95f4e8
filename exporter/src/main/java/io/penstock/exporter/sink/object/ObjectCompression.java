package io.penstock.exporter.sink.object;

import io.penstock.exporter.parquet.ParquetCodec;
import io.penstock.exporter.sink.body.Compression;

/** How an object is packed: its pages in Parquet, the whole of it otherwise. */
public enum ObjectCompression {
    /** Not at all. */
    NONE,
    /** Read by everything, slow. */
    GZIP,
    /** Small and quick. */
    ZSTD,
    /** Quickest; in Parquet alone. */
    SNAPPY;

    ParquetCodec codec() {
        return switch (this) {
            case NONE -> ParquetCodec.NONE;
            case GZIP -> ParquetCodec.GZIP;
            case ZSTD -> ParquetCodec.ZSTD;
            case SNAPPY -> ParquetCodec.SNAPPY;
        };
    }

    /** The compression of a stream of bytes. */
    Compression stream() {
        return switch (this) {
            case NONE -> Compression.NONE;
            case GZIP -> Compression.GZIP;
            case ZSTD -> Compression.ZSTD;
            case SNAPPY -> throw new IllegalArgumentException("snappy is for parquet");
        };
    }
}
