package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.RecordVisitor;

/**
 * Passes everything on, and says so after each record: a place where a buffer may be emptied.
 *
 * <p>Threading: confined to one thread.
 */
public final class DrainingVisitor implements RecordVisitor {

    private final RecordVisitor writer;
    private final Runnable afterRecord;

    /** A visitor in front of {@code writer}. */
    public DrainingVisitor(RecordVisitor writer, Runnable afterRecord) {
        this.writer = writer;
        this.afterRecord = afterRecord;
    }

    @Override
    public void resetFields() {
        writer.resetFields();
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        writer.field(number, name, offset, length);
    }

    @Override
    public void startRecord(long timeUnixNano) {
        writer.startRecord(timeUnixNano);
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        writer.stringValue(field, utf8, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        writer.intValue(field, value);
    }

    @Override
    public void doubleValue(int field, double value) {
        writer.doubleValue(field, value);
    }

    @Override
    public void boolValue(int field, boolean value) {
        writer.boolValue(field, value);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        writer.bytesValue(field, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        writer.jsonValue(field, json, offset, length);
    }

    @Override
    public void nullValue(int field) {
        writer.nullValue(field);
    }

    @Override
    public void endRecord() {
        writer.endRecord();
        afterRecord.run();
    }
}
