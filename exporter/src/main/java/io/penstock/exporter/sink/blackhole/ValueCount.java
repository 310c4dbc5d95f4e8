package io.penstock.exporter.sink.blackhole;

import io.penstock.exporter.record.RecordVisitor;

/**
 * Counts what it is shown: records, values, and the bytes of the values (texts and bytes by their
 * length, numbers as 8, booleans as 1, nulls as 0).
 *
 * <p>Threading: confined to one thread.
 */
final class ValueCount implements RecordVisitor {

    private long records;
    private long values;
    private long bytes;

    long records() {
        return records;
    }

    long values() {
        return values;
    }

    long bytes() {
        return bytes;
    }

    private void count(int length) {
        values++;
        bytes += length;
    }

    @Override
    public void resetFields() {}

    @Override
    public void field(int number, byte[] name, int offset, int length) {}

    @Override
    public void startRecord(long timeUnixNano) {
        records++;
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        count(length);
    }

    @Override
    public void intValue(int field, long value) {
        count(Long.BYTES);
    }

    @Override
    public void doubleValue(int field, double value) {
        count(Double.BYTES);
    }

    @Override
    public void boolValue(int field, boolean value) {
        count(1);
    }

    @Override
    public void bytesValue(int field, byte[] value, int offset, int length) {
        count(length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        count(length);
    }

    @Override
    public void nullValue(int field) {
        count(0);
    }

    @Override
    public void endRecord() {}
}
