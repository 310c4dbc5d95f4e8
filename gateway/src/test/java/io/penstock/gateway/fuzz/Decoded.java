package io.penstock.gateway.fuzz;

import io.penstock.exporter.record.BatchScan;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;

/**
 * The law of batches: what a scan counts is what a decoder tells, what is told can be written as
 * JSON, and what is written can be read again. Threading: confined to one thread.
 */
final class Decoded {
    static final int MAX_RECORD_BYTES = 64 << 10;
    private static final int KEEP_BYTES = 1 << 20;

    private final BatchScan scan = new BatchScan(MAX_RECORD_BYTES);
    private final BatchScan again = new BatchScan(Integer.MAX_VALUE);
    private final RecordReader reader = new RecordReader();
    private final WriteBuffer out = new WriteBuffer(KEEP_BYTES);
    private final NdjsonWriter writer = new NdjsonWriter(out);
    private final ByteChunks chunks = new ByteChunks();

    /** Bytes in chunks as a network might cut them: by their own content, so that it repeats. */
    ByteChunks cut(byte[] bytes) {
        ByteChunks cut = new ByteChunks();
        int at = 0;
        int hash = bytes.length;
        while (at < bytes.length) {
            hash = hash * 31 + bytes[at];
            boolean whole = (bytes.length & 1) == 0;
            int length = whole ? bytes.length : 1 + Math.floorMod(hash >>> 3, 23);
            length = Math.min(length, bytes.length - at);
            cut.add(bytes, at, length);
            at += length;
        }
        return cut;
    }

    /** Scans a batch as it came, and decodes it if the scan takes it; the number of its records. */
    long batch(Encoding encoding, byte[] bytes) {
        ByteChunks cut = cut(bytes);
        int records = scan.scan(encoding, cut, 0, cut.length());
        if (records == BatchScan.FAULT) {
            if (scan.fault() == null) {
                throw new AssertionError("a scan without answer");
            }
            return 0;
        }
        read(encoding, bytes, records, true);
        slice(encoding, bytes, records);
        return records;
    }

    /** A batch that a door made: nothing of it may be wrong. */
    long made(Encoding encoding, byte[] bytes) {
        chunks.clear();
        chunks.add(bytes, 0, bytes.length);
        int records = scan.scan(encoding, chunks, 0, bytes.length);
        if (records == BatchScan.FAULT) {
            throw new AssertionError("a door made what a scan refuses: " + scan.fault());
        }
        read(encoding, bytes, records, false);
        return records;
    }

    private void read(Encoding encoding, byte[] bytes, int records, boolean mayBreak) {
        out.clear(KEEP_BYTES);
        try {
            reader.wrap(encoding, bytes, 0, bytes.length, 1).read(writer);
        } catch (MalformedBatchException broken) {
            // A scan looks at the values of NATIVE and OTLP no closer than their framing.
            if (!mayBreak || encoding.isText()) {
                throw new AssertionError("accepted and not decoded", broken);
            }
            return;
        }
        chunks.clear();
        chunks.add(out.array(), 0, out.length());
        int written = again.scan(Encoding.NDJSON, chunks, 0, out.length());
        if (written != records) {
            throw new AssertionError(
                    records + " accepted, " + written + " written: " + again.fault());
        }
    }

    private void slice(Encoding encoding, byte[] bytes, int records) {
        int from = records / 3;
        int to = records - records / 4;
        out.clear(KEEP_BYTES);
        try {
            reader.wrap(encoding, bytes, 0, bytes.length, 1).slice(from, to, out);
        } catch (MalformedBatchException broken) {
            if (encoding.isText()) {
                throw new AssertionError("accepted and not sliced", broken);
            }
            return;
        }
        chunks.clear();
        chunks.add(out.array(), 0, out.length());
        int sliced = again.scan(encoding, chunks, 0, out.length());
        if (sliced != to - from) {
            throw new AssertionError(
                    to - from + " of " + records + " wanted, " + sliced + ": " + again.fault());
        }
    }
}
