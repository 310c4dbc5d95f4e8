package io.penstock.exporter.parquet;

import org.apache.parquet.format.CompressionCodec;

/** How pages are compressed. */
public enum ParquetCodec {
    /** As they are. */
    NONE(CompressionCodec.UNCOMPRESSED),
    /** Quick, and read by everything. */
    SNAPPY(CompressionCodec.SNAPPY),
    /** Small, slow to write. */
    GZIP(CompressionCodec.GZIP),
    /** Small and quick. */
    ZSTD(CompressionCodec.ZSTD);

    final CompressionCodec code;

    ParquetCodec(CompressionCodec code) {
        this.code = code;
    }
}
