package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects records, and holds the driver to the contract of {@link RecordVisitor}. */
public final class RowCollector implements RecordVisitor {

    /** Records so far. */
    public final List<Row> rows = new ArrayList<>();

    final List<String> names = new ArrayList<>();
    private @Nullable Map<String, @Nullable Object> values;
    private long time;

    @Override
    public void resetFields() {
        assertThat(values).isNull();
        names.clear();
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        assertThat(values).isNull();
        assertThat(number).isEqualTo(names.size());
        names.add(text(name, offset, length));
    }

    @Override
    public void startRecord(long timeUnixNano) {
        assertThat(values).isNull();
        values = new LinkedHashMap<>();
        time = timeUnixNano;
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        put(field, text(utf8, offset, length));
    }

    @Override
    public void intValue(int field, long value) {
        put(field, value);
    }

    @Override
    public void doubleValue(int field, double value) {
        put(field, value);
    }

    @Override
    public void boolValue(int field, boolean value) {
        put(field, value);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        put(field, ByteBuffer.wrap(bytes.clone(), offset, length).slice());
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        put(field, new Row.Json(text(json, offset, length)));
    }

    @Override
    public void nullValue(int field) {
        put(field, null);
    }

    @Override
    public void endRecord() {
        rows.add(new Row(time, open()));
        values = null;
    }

    private void put(int field, @Nullable Object value) {
        String name = names.get(field);
        assertThat(open()).doesNotContainKey(name);
        open().put(name, value);
    }

    private Map<String, @Nullable Object> open() {
        if (values == null) {
            throw new AssertionError("no record is open");
        }
        return values;
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
