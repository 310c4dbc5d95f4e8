package io.penstock.gateway.door;

import io.penstock.exporter.snappy.SnappyInflater;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A body that was a block of Snappy.
 *
 * @param bytes what was in it
 * @param fault why nothing was, or null
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record SnappyBody(byte[] bytes, @Nullable Fault fault) {
    private static final byte[] NOTHING = new byte[0];

    /** Unpacks a block. */
    public static SnappyBody of(byte[] block, int length, int maxBytes) {
        try {
            return new SnappyBody(SnappyInflater.inflate(block, length, maxBytes), null);
        } catch (SnappyInflater.TooLargeException over) {
            return failed(FaultKind.TOO_LARGE, over);
        } catch (IOException broken) {
            return failed(FaultKind.MALFORMED, broken);
        }
    }

    private static SnappyBody failed(FaultKind kind, IOException why) {
        return new SnappyBody(NOTHING, Fault.of(kind, "" + why.getMessage()));
    }
}
