package io.penstock.gateway.ingest;

import io.penstock.exporter.record.ByteChunks;
import org.jspecify.annotations.Nullable;

/**
 * What came of undoing a compression: exactly one of the two is there.
 *
 * @param bytes the inflated bytes
 * @param fault why there are none
 */
public record Inflated(@Nullable ByteChunks bytes, @Nullable Fault fault) {

    /** Bytes. */
    public static Inflated of(ByteChunks bytes) {
        return new Inflated(bytes, null);
    }

    /** None. */
    public static Inflated failed(Fault fault) {
        return new Inflated(null, fault);
    }
}
