package io.penstock.exporter.record;

/**
 * Staged batches of any encoding as RecordBatches: native ones as they are, others rebuilt.
 *
 * <p>Records that stated no time state none afterwards; nested JSON becomes a text.
 *
 * <p>Threading: confined to one thread.
 */
public final class NativePieces {

    /** Time of arrival that leaves the time of a record unstated. */
    private static final long UNSTATED = 0;

    private final RecordReader reader = new RecordReader();
    private final NativeEncoder encoder = new NativeEncoder();

    /** Hands the pieces of one staged batch over. */
    public void read(
            Encoding encoding,
            int records,
            byte[] body,
            int offset,
            int length,
            NativeEncoder.Target to) {
        if (encoding == Encoding.NATIVE) {
            to.piece(records, body, offset, length);
            return;
        }
        reader.wrap(encoding, body, offset, length, UNSTATED).read(encoder.into(to));
        encoder.flush();
    }
}
