package io.penstock.exporter.record;

import io.penstock.exporter.text.Names;
import org.jspecify.annotations.Nullable;

/**
 * Walks the top level of a RecordBatch over chunks: fields whole, records by their lengths only.
 *
 * <p>The walk stops at the first fault, which it keeps as a value. Clients send the same fields in
 * batch after batch: those of the last good batch are known again by one comparison of their bytes.
 *
 * <p>Threading: confined to one thread.
 */
final class NativeScan {

    /** Fields of more bytes together are checked anew in each batch. */
    private static final int MAX_KNOWN_BYTES = 4096;

    private final int maxRecordBytes;
    private final byte[] schema = new byte[Wire.MAX_SCHEMA_BYTES];
    private final WireReader wire = new WireReader();
    private final FieldSchemaReader field = new FieldSchemaReader();
    private final Names names = new Names();
    private @Nullable BatchFault fault;
    private int start;

    // The bytes of all fields of the last good batch, as far as they are few.
    private final byte[] known = new byte[MAX_KNOWN_BYTES];
    private int knownBytes;
    private int knownFields;
    private int firstRecordAt;

    NativeScan(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    @Nullable BatchFault fault() {
        return fault;
    }

    /** Scans the range that the cursor of {@code chunks} is on; the number of records, or -1. */
    int scan(ByteChunks chunks) {
        fault = null;
        start = chunks.position();
        boolean asBefore = passKnown(chunks);
        names.clear();
        int fields = asBefore ? knownFields : 0;
        int records = 0;
        while (!chunks.exhausted() && fault == null) {
            int at = chunks.position();
            int tag = chunks.tag();
            if (tag == Wire.BATCH_RECORDS) {
                if (records++ == 0) {
                    firstRecordAt = at;
                }
                record(chunks, at, records);
                records +=
                        chunks.skipRun(
                                Wire.BATCH_RECORDS, maxRecordBytes, Wire.MAX_RECORDS - records);
            } else if (tag == Wire.BATCH_FIELDS) {
                fields++;
                field(chunks, at, fields, records);
            } else {
                other(chunks, at, tag);
            }
        }
        if (fault == null && chunks.fault() != null) {
            malformed(chunks.faultAt(), chunks.fault());
        }
        if (fault == null && records == 0) {
            fault = new BatchFault(BatchFault.Kind.EMPTY, 0, "the batch holds no record");
        }
        if (fault == null && !asBefore) {
            learn(chunks, fields);
        }
        return fault == null ? records : -1;
    }

    /** Passes over the fields if they are those of the last good batch, and records follow. */
    private boolean passKnown(ByteChunks chunks) {
        if (knownBytes == 0 || !chunks.skipIf(known, knownBytes)) {
            return false;
        }
        if (chunks.nextIs(Wire.BATCH_RECORDS)) {
            return true;
        }
        chunks.range(start, chunks.position() - start + chunks.remaining());
        return false;
    }

    private void learn(ByteChunks chunks, int fields) {
        int bytes = firstRecordAt - start;
        knownFields = fields;
        knownBytes = 0;
        if (bytes <= MAX_KNOWN_BYTES) {
            chunks.forEach(
                    start,
                    bytes,
                    (array, offset, length) -> {
                        System.arraycopy(array, offset, known, knownBytes, length);
                        knownBytes += length;
                    });
        }
    }

    private void record(ByteChunks chunks, int at, int number) {
        int size = chunks.size();
        if (size > maxRecordBytes) {
            tooLarge(
                    at,
                    "record " + number + " has " + size + " bytes, the limit is " + maxRecordBytes);
        } else if (number > Wire.MAX_RECORDS) {
            tooLarge(at, "the batch has over " + Wire.MAX_RECORDS + " records");
        } else if (size == 0 && chunks.fault() == null) {
            malformed(at, "record " + number + " has no bytes");
        } else {
            chunks.skip(size);
        }
    }

    private void field(ByteChunks chunks, int at, int number, int records) {
        int size = chunks.size();
        if (records > 0) {
            malformed(at, "field " + number + " stands behind a record");
        } else if (number > Wire.MAX_FIELDS) {
            tooLarge(at, "the batch has over " + Wire.MAX_FIELDS + " fields");
        } else if (size > schema.length) {
            tooLarge(
                    at,
                    "field " + number + " has " + size + " bytes, the limit is " + schema.length);
        } else if (chunks.fault() == null) {
            chunks.read(schema, 0, size);
            name(at, number, size);
        }
    }

    private void name(int at, int number, int size) {
        wire.wrap(schema, 0);
        try {
            field.read(wire, size);
        } catch (MalformedBatchException bad) {
            // Rare enough to be an exception: the reader is shared with the decoder, where it must
            // be.
            malformed(at, "field " + number + ", " + bad.fault().reason());
            return;
        }
        if (names.find(schema, field.nameAt, field.nameLength) != Names.NOT_THERE) {
            malformed(at, "field " + number + " has the name of one before it");
            return;
        }
        names.add(schema, field.nameAt, field.nameLength);
    }

    private void other(ByteChunks chunks, int at, int tag) {
        if (tag >>> 3 == 1 || tag >>> 3 == 2) {
            malformed(at, FieldSchemaReader.wrongType("RecordBatch", tag));
        } else if (tag != 0) {
            chunks.skipValue(tag);
        }
    }

    private void malformed(int position, @Nullable String reason) {
        int offset = position - start;
        fault = new BatchFault(BatchFault.Kind.MALFORMED, offset, "byte " + offset + ": " + reason);
    }

    private void tooLarge(int position, String reason) {
        int offset = position - start;
        fault = new BatchFault(BatchFault.Kind.TOO_LARGE, offset, "byte " + offset + ": " + reason);
    }
}
