package io.penstock.exporter.transform;

import io.penstock.exporter.expression.ValueKind;
import io.penstock.exporter.record.RecordVisitor;

/**
 * Puts the values of one record into the row; whoever extends it says which field has which slot.
 *
 * <p>Threading: confined to one thread.
 */
abstract class SlotVisitor implements RecordVisitor {

    final Row row;

    SlotVisitor(Row row) {
        this.row = row;
    }

    /** The slot of a field, or {@link Row#NOWHERE}. */
    abstract int slot(int field);

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        text(slot(field), ValueKind.TEXT, utf8, offset, length);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        text(slot(field), ValueKind.BYTES, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        text(slot(field), ValueKind.JSON, json, offset, length);
    }

    void text(int slot, ValueKind kind, byte[] array, int offset, int length) {
        row.set(slot, kind, array, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        row.set(slot(field), ValueKind.INTEGER, value);
    }

    @Override
    public void doubleValue(int field, double value) {
        row.set(slot(field), ValueKind.REAL, Double.doubleToRawLongBits(value));
    }

    @Override
    public void boolValue(int field, boolean value) {
        row.set(slot(field), ValueKind.BOOLEAN, value ? 1 : 0);
    }

    @Override
    public void nullValue(int field) {
        row.set(slot(field), ValueKind.NULL, 0);
    }
}
