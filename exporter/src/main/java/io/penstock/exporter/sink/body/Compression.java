package io.penstock.exporter.sink.body;

/** How a body is packed. */
public enum Compression {
    /** As it is. */
    NONE("", ""),
    /** RFC 1952, level 6. */
    GZIP(".gz", "gzip"),
    /** RFC 8878, level 3, with checksum. */
    ZSTD(".zst", "zstd");

    private final String suffix;
    private final String contentEncoding;

    Compression(String suffix, String contentEncoding) {
        this.suffix = suffix;
        this.contentEncoding = contentEncoding;
    }

    /** What a file name ends with, dot included; empty for {@link #NONE}. */
    public String suffix() {
        return suffix;
    }

    /** Value of the {@code Content-Encoding} header; empty for {@link #NONE}. */
    public String contentEncoding() {
        return contentEncoding;
    }

    /** A new compressor, to be closed by the caller. */
    public Compressor compressor() {
        return switch (this) {
            case NONE -> new PassThrough();
            case GZIP -> new GzipCompressor();
            case ZSTD -> new ZstdCompressor();
        };
    }
}
