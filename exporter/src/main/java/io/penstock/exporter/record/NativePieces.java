package io.penstock.exporter.record;

/**
 * Staged batches of any encoding as RecordBatches: native ones as they are, others rebuilt. A batch
 * of lines with more names than a RecordBatch may have columns becomes several.
 *
 * <p>Records that stated no time state none afterwards; nested JSON becomes a text.
 *
 * <p>Threading: confined to one thread.
 */
public final class NativePieces {

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

    /** Time of arrival that leaves the time of a record unstated. */
    private static final long UNSTATED = 0;

    /** A buffer that grew beyond this, for one large batch, shrinks again. */
    private static final int KEEP_BYTES = 256 * 1024;

    private final RecordReader reader = new RecordReader();
    private final BatchBuilder builder = new BatchBuilder();
    private final WriteBuffer batch = new WriteBuffer(16 * 1024);

    /** What stands between the reader and the builder: all names may be announced anew. */
    private static final class Rebuild extends ForwardingVisitor {
        private final Runnable beforeReset;

        Rebuild(BatchBuilder builder, Runnable beforeReset) {
            super(builder);
            this.beforeReset = beforeReset;
        }

        @Override
        public void resetFields() {
            beforeReset.run();
            super.resetFields();
        }
    }

    /** Hands the pieces of one staged batch over. */
    public void read(
            Encoding encoding, int records, byte[] body, int offset, int length, Target to) {
        if (encoding == Encoding.NATIVE) {
            to.piece(records, body, offset, length);
            return;
        }
        builder.resetFields();
        Runnable finish = () -> finish(to);
        reader.wrap(encoding, body, offset, length, UNSTATED).read(new Rebuild(builder, finish));
        finish.run();
    }

    private void finish(Target to) {
        if (builder.records() > 0) {
            batch.clear(KEEP_BYTES);
            builder.writeTo(batch);
            to.piece(builder.records(), batch.array(), 0, batch.length());
            builder.clear();
        }
    }
}
