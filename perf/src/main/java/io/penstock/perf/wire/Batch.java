package io.penstock.perf.wire;

/** An encoded {@code RecordBatch}. Threading: immutable; nobody writes to the bytes. */
public final class Batch {
    private final byte[] bytes;
    private final int records;

    /**
     * A batch.
     *
     * @param bytes protobuf; not copied
     * @param records records in it
     */
    public Batch(byte[] bytes, int records) {
        this.bytes = bytes;
        this.records = records;
    }

    /** The protobuf itself. */
    public byte[] bytes() {
        return bytes;
    }

    /** Records in it. */
    public int records() {
        return records;
    }
}
