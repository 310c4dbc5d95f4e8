package io.penstock.exporter.schema;

import io.penstock.exporter.record.RecordVisitor;

/**
 * Collects the {@link FieldUnion} of the records that it is shown.
 *
 * <p>Threading: confined to one thread.
 */
public final class UnionVisitor implements RecordVisitor {

    private final FieldUnion union;
    private final UnionNumbers fields;

    /** A visitor that adds to {@code union}. */
    public UnionVisitor(FieldUnion union) {
        this.union = union;
        this.fields = new UnionNumbers(union);
    }

    @Override
    public void resetFields() {
        // numbers are overwritten as fields are announced
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        fields.add(number, name, offset, length);
    }

    private void mark(int field, ValueKind kind) {
        union.mark(fields.of(field), kind.bit());
    }

    @Override
    public void startRecord(long timeUnixNano) {
        // the time is no field
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        mark(field, ValueKind.STRING);
    }

    @Override
    public void intValue(int field, long value) {
        mark(field, ValueKind.INT);
    }

    @Override
    public void doubleValue(int field, double value) {
        mark(field, ValueKind.DOUBLE);
    }

    @Override
    public void boolValue(int field, boolean value) {
        mark(field, ValueKind.BOOL);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        mark(field, ValueKind.BYTES);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        mark(field, ValueKind.JSON);
    }

    @Override
    public void nullValue(int field) {
        // of no kind
    }

    @Override
    public void endRecord() {
        // nothing is open
    }
}
