package io.penstock.exporter.record;

import org.jspecify.annotations.Nullable;

/**
 * The look that admission takes into a batch: is it well formed, and how many records does it hold.
 *
 * <p>A NATIVE batch is not decoded beyond framing: fields are checked, records are counted and
 * measured, their values are left alone (a bad one shows when a sink decodes it, and becomes a dead
 * letter). JSON is checked to the last byte, TEXT to be UTF-8.
 *
 * <p>Faults are values; a scan allocates nothing unless it finds one, apart from a buffer that is
 * kept for texts in several chunks.
 *
 * <p>Threading: confined to one thread.
 */
public final class BatchScan {

    /** Answer of {@link #scan} when there is a {@link #fault}. */
    public static final int FAULT = -1;

    private final NativeScan nativeScan;
    private @Nullable BatchFault fault;

    /**
     * A scan with a limit.
     *
     * @param maxRecordBytes largest record that may pass, in bytes as it arrived
     */
    public BatchScan(int maxRecordBytes) {
        nativeScan = new NativeScan(maxRecordBytes);
    }

    /**
     * Scans {@code [from, from + length)} of the chunks, whose cursor it moves.
     *
     * @return the number of records, 1 to 1,000,000, or {@link #FAULT}
     */
    public int scan(Encoding encoding, ByteChunks chunks, int from, int length) {
        chunks.range(from, length);
        switch (encoding) {
            case NATIVE:
                int records = nativeScan.scan(chunks);
                fault = nativeScan.fault();
                return records;
            default:
                throw new IllegalArgumentException(encoding + " is not here yet");
        }
    }

    /** What the last scan found wrong, or null. */
    public @Nullable BatchFault fault() {
        return fault;
    }
}
