package io.penstock.perf.bench;

import io.penstock.exporter.record.RecordVisitor;

/** Hears everything and does nothing, but for a sum that keeps the compiler honest. */
final class NullVisitor implements RecordVisitor {
    long heard;

    @Override
    public void resetFields() {
        heard++;
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        heard += length;
    }

    @Override
    public void startRecord(long timeUnixNano) {
        heard++;
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        heard += length;
    }

    @Override
    public void intValue(int field, long value) {
        heard += value;
    }

    @Override
    public void doubleValue(int field, double value) {
        heard += (long) value;
    }

    @Override
    public void boolValue(int field, boolean value) {
        heard += value ? 1 : 0;
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        heard += length;
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        heard += length;
    }

    @Override
    public void nullValue(int field) {
        heard++;
    }

    @Override
    public void endRecord() {
        heard++;
    }
}
