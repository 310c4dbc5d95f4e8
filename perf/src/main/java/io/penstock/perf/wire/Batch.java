package io.penstock.perf.wire;

/**
 * An encoded {@code RecordBatch}. Threading: immutable; nobody writes to the bytes.
 *
 * @param bytes protobuf
 * @param records records in it
 */
public record Batch(byte[] bytes, int records) {}
