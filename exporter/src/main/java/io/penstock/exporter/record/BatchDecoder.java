package io.penstock.exporter.record;

/** Decodes the batches of one encoding. Threading: confined to one thread. */
public interface BatchDecoder {

    /**
     * Drives the visitor through the records {@code [from, to)}, counted from 0; those that are not
     * there are left out.
     *
     * @throws MalformedBatchException at the first record that cannot be decoded; the visitor has
     *     heard those before it, and may have heard its beginning
     */
    void read(BatchBytes batch, int from, int to, RecordVisitor visitor);

    /**
     * Appends a document of the same encoding that holds the records {@code [from, to)}.
     *
     * @throws MalformedBatchException when the framing is broken
     */
    void slice(BatchBytes batch, int from, int to, WriteBuffer out);

    /** Where the bytes of one batch lie. */
    final class BatchBytes {
        private final byte[] bytes;
        private final int start;
        private final int end;
        private final long arrivedNanos;

        BatchBytes(byte[] bytes, int start, int end, long arrivedNanos) {
            this.bytes = bytes;
            this.start = start;
            this.end = end;
            this.arrivedNanos = arrivedNanos;
        }

        /** The array in which it lies. */
        public byte[] bytes() {
            return bytes;
        }

        /** Index of its first byte. */
        public int start() {
            return start;
        }

        /** Index behind the last byte. */
        public int end() {
            return end;
        }

        /** Time of records that state none. */
        public long arrivedNanos() {
            return arrivedNanos;
        }
    }
}
