package io.penstock.exporter.transform;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;

/**
 * Encodes records as RecordBatches of about {@link #PIECE_BYTES} at the most, one or more per
 * staged batch.
 *
 * <p>Threading: confined to one thread.
 */
public final class NativePieces implements RecordVisitor {

    /** A piece of this size is handed out: what is held is this and one record. */
    public static final int PIECE_BYTES = 1 << 20;

    /** Takes pieces. */
    @FunctionalInterface
    public interface Target {
        /** One RecordBatch from the array's first byte on, lent for the call. */
        void piece(int records, byte[] body, int length);
    }

    private final BatchBuilder batch = new BatchBuilder();
    private final WriteBuffer out = new WriteBuffer(0);
    private Target target = (records, body, length) -> {};

    /** Begins anew; pieces go to {@code newTarget}. */
    public NativePieces into(Target newTarget) {
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
        target.piece(records, out.array(), out.length());
    }

    @Override
    public void resetFields() {
        flush();
        batch.resetFields();
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        batch.field(number, name, offset, length);
    }

    @Override
    public void startRecord(long timeUnixNano) {
        batch.startRecord(timeUnixNano);
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        batch.stringValue(field, utf8, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        batch.intValue(field, value);
    }

    @Override
    public void doubleValue(int field, double value) {
        batch.doubleValue(field, value);
    }

    @Override
    public void boolValue(int field, boolean value) {
        batch.boolValue(field, value);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        batch.bytesValue(field, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        batch.jsonValue(field, json, offset, length);
    }

    @Override
    public void nullValue(int field) {
        batch.nullValue(field);
    }

    @Override
    public void endRecord() {
        batch.endRecord();
        if (batch.bytes() >= PIECE_BYTES) {
            flush();
        }
    }
}
