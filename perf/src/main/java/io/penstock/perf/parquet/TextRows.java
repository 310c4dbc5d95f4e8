package io.penstock.perf.parquet;

import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import java.io.IOException;
import java.io.OutputStream;

/** Writes access-log records as tab-separated lines; values come in the order of the fields. */
final class TextRows implements RecordVisitor {

    private static final int FIELDS = AccessLogField.values().length;
    private static final byte[] NULL = {'\\', 'N'};

    private final WriteBuffer out;
    private int next;

    TextRows(WriteBuffer out) {
        this.out = out;
    }

    void writeTo(OutputStream target) throws IOException {
        target.write(out.array(), 0, out.length());
        out.clear();
    }

    @Override
    public void resetFields() {
        // always the same
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        // always the same
    }

    @Override
    public void startRecord(long timeUnixNano) {
        next = 0;
        out.putDecimal(timeUnixNano);
    }

    private void upTo(int field) {
        while (next < field) {
            nullValue(next);
        }
        next = field + 1;
        out.put((byte) '\t');
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        upTo(field);
        out.put(utf8, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        upTo(field);
        out.putDecimal(value);
    }

    @Override
    public void doubleValue(int field, double value) {
        throw new IllegalStateException("an access log has none");
    }

    @Override
    public void boolValue(int field, boolean value) {
        throw new IllegalStateException("an access log has none");
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        throw new IllegalStateException("an access log has none");
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        throw new IllegalStateException("an access log has none");
    }

    @Override
    public void nullValue(int field) {
        upTo(field);
        out.put(NULL, 0, NULL.length);
    }

    @Override
    public void endRecord() {
        while (next < FIELDS) {
            nullValue(next);
        }
        out.put((byte) '\n');
    }
}
