package io.penstock.exporter.record;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The look that admission takes into a batch: is it well formed, and how many records does it hold.
 *
 * <p>A NATIVE batch is not decoded beyond framing: fields are checked, records are counted and
 * measured, their values are left alone (a bad one shows when a sink decodes it, and becomes a dead
 * letter); likewise OTLP. JSON is checked to the last byte, TEXT to be UTF-8.
 *
 * <p>Faults are values; a scan allocates nothing unless it finds one, apart from a buffer that is
 * kept for texts in several chunks.
 *
 * <p>Threading: confined to one thread.
 */
public final class BatchScan {

    /** Answer of {@link #scan} when there is a {@link #fault}. */
    public static final int FAULT = -1;

    /** A buffer over this is not kept: few bodies are so large. */
    private static final int KEPT_BYTES = 1 << 20;

    private static final byte[] NOTHING = new byte[0];

    private final NativeScan nativeScan;
    private final TextScan textScan;
    private final int maxRecordBytes;
    private final Map<Encoding, BatchForm.Scan> formed = new EnumMap<>(Encoding.class);
    private @Nullable BatchFault fault;
    // The text in one piece: a chunk itself, or the copy of several.
    private final WriteBuffer copy = new WriteBuffer(0);
    private byte[] text = NOTHING;
    private int textStart;

    /**
     * A scan with a limit.
     *
     * @param maxRecordBytes largest record that may pass, in bytes as it arrived
     */
    public BatchScan(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
        nativeScan = new NativeScan(maxRecordBytes);
        textScan = new TextScan(maxRecordBytes);
    }

    /**
     * Scans {@code [from, from + length)} of the chunks, whose cursor it moves.
     *
     * @return the number of records, 1 to 1,000,000, or {@link #FAULT}
     */
    public int scan(Encoding encoding, ByteChunks chunks, int from, int length) {
        chunks.range(from, length);
        int records;
        if (encoding == Encoding.NATIVE) {
            records = nativeScan.scan(chunks);
            fault = nativeScan.fault();
        } else if (!encoding.isText()) {
            BatchForm.Scan scan = formed(encoding);
            records = scan.scan(chunks);
            fault = scan.fault();
        } else {
            chunks.forEach(
                    from, length, (array, offset, size) -> piece(array, offset, size, length));
            records = scanText(encoding, textStart, textStart + length);
            fault = textScan.fault();
            text = NOTHING;
            textStart = 0;
            copy.clear(KEPT_BYTES);
        }
        return records;
    }

    private BatchForm.Scan formed(Encoding encoding) {
        BatchForm.Scan known = formed.get(encoding);
        if (known == null) {
            known = BatchForms.of(encoding).scan(encoding, maxRecordBytes);
            formed.put(encoding, known);
        }
        return known;
    }

    private void piece(byte[] array, int offset, int size, int length) {
        if (size == length) {
            text = array;
            textStart = offset;
        } else {
            copy.reserve(length - copy.length());
            copy.put(array, offset, size);
            text = copy.array();
        }
    }

    private int scanText(Encoding encoding, int start, int end) {
        return encoding == Encoding.JSON_ARRAY
                ? textScan.scanArray(text, start, end)
                : textScan.scanLines(encoding == Encoding.NDJSON, text, start, end);
    }

    /** What the last scan found wrong, or null. */
    public @Nullable BatchFault fault() {
        return fault;
    }
}
