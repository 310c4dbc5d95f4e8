package io.penstock.exporter.parquet;

/**
 * How a file is written.
 *
 * @param codec compression of pages
 * @param rowGroupBytes a row group is written when its buffers hold so many bytes
 * @param afterRowGroup called after each row group, on the writer's thread: a place to give way
 */
public record ParquetSettings(ParquetCodec codec, long rowGroupBytes, Runnable afterRowGroup) {

    /** Small enough for several writers at once, large enough for readers. */
    public static final long ROW_GROUP_BYTES = 32L << 20;

    /** Least that makes sense. */
    public static final long MIN_ROW_GROUP_BYTES = 64 * 1024;

    /** Checks the values. */
    public ParquetSettings {
        if (rowGroupBytes < MIN_ROW_GROUP_BYTES) {
            throw new IllegalArgumentException(
                    "row_group_bytes: must be at least "
                            + MIN_ROW_GROUP_BYTES
                            + ", is "
                            + rowGroupBytes);
        }
    }

    /** Row groups of the usual size. */
    public static ParquetSettings of(ParquetCodec codec) {
        return new ParquetSettings(codec, ROW_GROUP_BYTES, () -> {});
    }
}
