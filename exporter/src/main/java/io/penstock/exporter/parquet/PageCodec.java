package io.penstock.exporter.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages, one after another, into a buffer that is used again.
 *
 * <p>Threading: confined to one thread.
 */
final class PageCodec implements AutoCloseable {

    /** The level at which DuckDB and parquet-java write, too. */
    private static final int ZSTD_LEVEL = 3;

    private final ParquetCodec codec;
    private final @Nullable ZstdCompressCtx zstd;
    private byte[] packed = {};

    PageCodec(ParquetCodec codec) {
        this.codec = codec;
        zstd = codec == ParquetCodec.ZSTD ? new ZstdCompressCtx().setLevel(ZSTD_LEVEL) : null;
    }

    ParquetCodec codec() {
        return codec;
    }

    /** Compresses {@code bytes[0, length)}; the length of what lies in {@link #packed} then. */
    int pack(byte[] bytes, int length) throws IOException {
        if (zstd != null) {
            reserve((int) Zstd.compressBound(length));
            return zstd.compressByteArray(packed, 0, packed.length, bytes, 0, length);
        }
        return switch (codec) {
            case SNAPPY -> {
                reserve(Snappy.maxCompressedLength(length));
                yield Snappy.compress(bytes, 0, length, packed, 0);
            }
            case GZIP -> gzip(bytes, length);
            case NONE, ZSTD -> {
                packed = bytes;
                yield length;
            }
        };
    }

    private int gzip(byte[] bytes, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes, 0, length);
        }
        packed = out.toByteArray();
        return packed.length;
    }

    private void reserve(int bytes) {
        if (packed.length < bytes) {
            packed = new byte[bytes];
        }
    }

    byte[] packed() {
        return packed;
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
        }
    }
}
