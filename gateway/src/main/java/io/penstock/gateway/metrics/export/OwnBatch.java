package io.penstock.gateway.metrics.export;

import java.util.Objects;

/**
 * Some records of a round, in the native encoding.
 *
 * <p>Threading: immutable; the bytes are not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record OwnBatch(byte[] body, int records) {
    OwnBatch {
        Objects.requireNonNull(body);
    }
}
