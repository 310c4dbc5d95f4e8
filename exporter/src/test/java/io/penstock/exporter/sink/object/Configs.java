package io.penstock.exporter.sink.object;

import io.penstock.exporter.objectstore.s3.S3Config;
import java.nio.file.Path;

/** Configurations with most keys at their defaults. */
final class Configs {

    private String target;
    private String prefix = "";
    private ObjectFormat format = ObjectFormat.PARQUET;
    private ObjectCompression compression = ObjectCompression.ZSTD;
    private long targetBytes = 1 << 30;
    private long maxAgeMs = 3_600_000;
    private int maxOpenWindows = 64;
    private int maxSealedWindows = 8;
    private long maxStagedBytes = 1L << 34;
    private long minFreeBytes;
    private String marker = "_SUCCESS";
    private long markerGraceMs = 600_000;
    private boolean publishOnClose = true;
    private S3Config s3 = S3Config.defaults();

    private Configs(String target) {
        this.target = target;
    }

    static Configs to(Path directory) {
        return new Configs(directory.toUri().toString().replace("file:/", "file:///"));
    }

    static Configs to(String target) {
        return new Configs(target);
    }

    Configs prefix(String value) {
        prefix = value;
        return this;
    }

    Configs format(ObjectFormat value, ObjectCompression packed) {
        format = value;
        compression = packed;
        return this;
    }

    Configs targetBytes(long value) {
        targetBytes = value;
        return this;
    }

    Configs maxAgeMs(long value) {
        maxAgeMs = value;
        return this;
    }

    Configs maxOpenWindows(int value) {
        maxOpenWindows = value;
        return this;
    }

    Configs maxSealedWindows(int value) {
        maxSealedWindows = value;
        return this;
    }

    Configs maxStagedBytes(long value) {
        maxStagedBytes = value;
        return this;
    }

    Configs minFreeBytes(long value) {
        minFreeBytes = value;
        return this;
    }

    Configs marker(String value, long graceMs) {
        marker = value;
        markerGraceMs = graceMs;
        return this;
    }

    Configs publishOnClose(boolean value) {
        publishOnClose = value;
        return this;
    }

    Configs s3(S3Config value) {
        s3 = value;
        return this;
    }

    ObjectSinkConfig build() {
        return new ObjectSinkConfig(
                target,
                prefix,
                format,
                compression,
                targetBytes,
                maxAgeMs,
                maxOpenWindows,
                maxSealedWindows,
                maxStagedBytes,
                minFreeBytes,
                1 << 20,
                0,
                marker,
                markerGraceMs,
                publishOnClose,
                s3);
    }
}
