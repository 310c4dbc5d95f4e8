package io.penstock.exporter.otlp;

import io.penstock.exporter.record.BatchFault;
import io.penstock.exporter.record.BatchForm;
import io.penstock.exporter.record.ByteChunks;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records of a request by their framing: resources, scopes and metrics are walked,
 * records are passed over by their lengths.
 *
 * <p>What a record inherits is said again with every record, so a request is also held to a bound
 * of what all of it comes to when it is said.
 *
 * <p>Threading: confined to one thread.
 */
final class OtlpScan implements BatchForm.Scan {

    /** Most records of a batch, as for every encoding. */
    static final int MAX_RECORDS = 1_000_000;

    /**
     * Most bytes of all records with what each inherits. Ten thousand records under a resource of 2
     * KiB come to 20 MiB.
     */
    static final long MAX_SAID_BYTES = 1L << 30;

    private final Message request;
    private final int maxRecordBytes;
    private @Nullable BatchFault fault;
    private int start;
    private int records;

    OtlpScan(Message request, int maxRecordBytes) {
        this.request = request;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public @Nullable BatchFault fault() {
        return fault;
    }

    @Override
    public int scan(ByteChunks chunks) {
        fault = null;
        records = 0;
        start = chunks.position();
        long said = container(request, chunks, start + chunks.remaining());
        if (fault == null && chunks.fault() != null) {
            malformed(chunks.faultAt(), String.valueOf(chunks.fault()));
        }
        if (fault == null && said > MAX_SAID_BYTES) {
            tooLarge(
                    start,
                    "the records with their resources and scopes come to "
                            + said
                            + " bytes, the limit is "
                            + MAX_SAID_BYTES);
        }
        if (fault == null && records == 0) {
            fault = new BatchFault(BatchFault.Kind.EMPTY, 0, "the batch holds no record");
        }
        return fault == null ? records : -1;
    }

    /** Walks a message up to {@code end}; bytes of its records with what they inherit from it. */
    private long container(Message message, ByteChunks chunks, int end) {
        int before = records;
        long said = 0;
        long own = 0;
        while (chunks.position() < end && fault == null && chunks.fault() == null) {
            int at = chunks.position();
            int tag = chunks.tag();
            Field field = message.field(tag);
            if (field != null && !field.fits(tag)) {
                malformed(at, wrongType(field, tag));
            } else if (field == null || field.kind != Kind.CHILD) {
                chunks.skipValue(tag);
                own += chunks.position() - at;
            } else {
                said += child(field.child(), at, chunks, end);
            }
        }
        if (fault == null && chunks.fault() == null && chunks.position() > end) {
            malformed(end, "a field goes on behind the end of its message");
        }
        // own is below 2^31 and there are at most 2^20 records: no overflow
        return said + own * (records - before);
    }

    private long child(Message message, int at, ByteChunks chunks, int end) {
        int size = chunks.size();
        int left = end - chunks.position();
        if (chunks.fault() != null) {
            return 0;
        }
        if (size > left) {
            malformed(at, "a length says " + size + " bytes, " + left + " are left");
            return 0;
        }
        if (!message.isRecord()) {
            return container(message, chunks, chunks.position() + size);
        }
        records++;
        if (size > maxRecordBytes) {
            tooLarge(
                    at,
                    "record "
                            + records
                            + " has "
                            + size
                            + " bytes, the limit is "
                            + maxRecordBytes);
        } else if (records > MAX_RECORDS) {
            tooLarge(at, "the batch has over " + MAX_RECORDS + " records");
        } else {
            chunks.skip(size);
        }
        return size;
    }

    /** The sentence for a known field with a wire type that is not its own. */
    static String wrongType(Field field, int tag) {
        return "field " + field.name + " has wire type " + (tag & 7);
    }

    private void malformed(int position, String reason) {
        fail(BatchFault.Kind.MALFORMED, position, reason);
    }

    private void tooLarge(int position, String reason) {
        fail(BatchFault.Kind.TOO_LARGE, position, reason);
    }

    private void fail(BatchFault.Kind kind, int position, String reason) {
        int offset = position - start;
        fault = new BatchFault(kind, offset, "byte " + offset + ": " + reason);
    }
}
