package io.penstock.exporter.record;

/**
 * Passes everything on. Subclasses add what they have to say at some calls.
 *
 * <p>Threading: confined to the thread that drives it.
 */
public abstract class ForwardingVisitor implements RecordVisitor {

    private final RecordVisitor next;

    /** A visitor before another. */
    protected ForwardingVisitor(RecordVisitor next) {
        this.next = next;
    }

    @Override
    public void resetFields() {
        next.resetFields();
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        next.field(number, name, offset, length);
    }

    @Override
    public void startRecord(long timeUnixNano) {
        next.startRecord(timeUnixNano);
    }

    @Override
    public final void stringValue(int field, byte[] utf8, int offset, int length) {
        next.stringValue(field, utf8, offset, length);
    }

    @Override
    public final void intValue(int field, long value) {
        next.intValue(field, value);
    }

    @Override
    public final void doubleValue(int field, double value) {
        next.doubleValue(field, value);
    }

    @Override
    public final void boolValue(int field, boolean value) {
        next.boolValue(field, value);
    }

    @Override
    public final void bytesValue(int field, byte[] bytes, int offset, int length) {
        next.bytesValue(field, bytes, offset, length);
    }

    @Override
    public final void jsonValue(int field, byte[] json, int offset, int length) {
        next.jsonValue(field, json, offset, length);
    }

    @Override
    public final void nullValue(int field) {
        next.nullValue(field);
    }

    @Override
    public void endRecord() {
        next.endRecord();
    }
}
