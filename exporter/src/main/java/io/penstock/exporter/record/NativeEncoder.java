package io.penstock.exporter.record;

/**
 * Encodes records as RecordBatches of about {@link #PIECE_BYTES} at the most. A batch of lines with
 * more names than a RecordBatch may have columns becomes several, too.
 *
 * <p>Threading: confined to one thread.
 */
public final class NativeEncoder extends ForwardingVisitor {

    /** A piece of this size is handed out: what is held is this and one record. */
    public static final int PIECE_BYTES = 1 << 20;

    /** Takes the pieces in order. */
    @FunctionalInterface
    public interface Target {
        /**
         * One RecordBatch.
         *
         * @param body lent for the duration of the call
         */
        void piece(int records, byte[] body, int offset, int length);
    }

    private final BatchBuilder batch;
    private final WriteBuffer out = new WriteBuffer(0);
    private Target target = (records, body, offset, length) -> {};

    /** An encoder that holds nothing. */
    public NativeEncoder() {
        this(new BatchBuilder());
    }

    private NativeEncoder(BatchBuilder batch) {
        super(batch);
        this.batch = batch;
    }

    /** Begins anew; pieces go to {@code newTarget}. */
    public NativeEncoder into(Target newTarget) {
        batch.clear();
        batch.resetFields();
        target = newTarget;
        return this;
    }

    /** Hands out what is held. */
    public void flush() {
        if (batch.records() == 0) {
            return;
        }
        out.clear(2 * PIECE_BYTES);
        batch.writeTo(out);
        int records = batch.records();
        batch.clear();
        target.piece(records, out.array(), 0, out.length());
    }

    /** All names may be announced anew: what was written under the old numbers goes first. */
    @Override
    public void resetFields() {
        flush();
        super.resetFields();
    }

    @Override
    public void endRecord() {
        super.endRecord();
        if (batch.bytes() >= PIECE_BYTES) {
            flush();
        }
    }
}
