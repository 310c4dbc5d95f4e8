package io.penstock.exporter.sink.object;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.UnionNumbers;
import io.penstock.exporter.text.Base64Text;
import io.penstock.exporter.text.Decimals;
import io.penstock.exporter.text.Rfc3339Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of RFC 4180, ended by LF: a header, then a line per record. The first column is {@code
 * time} in RFC 3339; a field of that name is {@code time__field}. A missing value and a null are
 * empty, an empty text is {@code ""}; bytes are base64 and nested JSON its text.
 *
 * <p>Threading: confined to one thread.
 */
final class CsvWriter implements RecordVisitor {

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final String TIME = "time";
    private static final String FIELD_TIME = "time__field";

    private final WriteBuffer out;
    private final Rfc3339Writer times = new Rfc3339Writer();
    // The values of the record in hand as they will be written, and where each lies.
    private final WriteBuffer values = new WriteBuffer(1024);
    private final int[] starts;
    private final int[] ends;
    private final UnionNumbers columns;

    /** A writer that has written the header. */
    CsvWriter(FieldUnion union, WriteBuffer out) {
        columns = new UnionNumbers(union);
        this.out = out;
        starts = new int[union.size()];
        ends = new int[union.size()];
        out.put(TIME);
        for (int field = 0; field < union.size(); field++) {
            byte[] name = union.name(field);
            boolean isTime = new String(name, StandardCharsets.UTF_8).equals(TIME);
            byte[] shown = isTime ? FIELD_TIME.getBytes(StandardCharsets.UTF_8) : name;
            out.put((byte) ',');
            putText(out, shown, 0, shown.length);
        }
        out.put((byte) '\n');
    }

    private static void putText(WriteBuffer to, byte[] text, int offset, int length) {
        if (!needsQuotes(text, offset, length)) {
            to.put(text, offset, length);
            return;
        }
        to.put((byte) '"');
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (text[i] == '"') {
                to.put(text, from, i + 1 - from);
                from = i;
            }
        }
        to.put(text, from, end - from);
        to.put((byte) '"');
    }

    private static boolean needsQuotes(byte[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte each = text[i];
            if (each == ',' || each == '"' || each == '\n' || each == '\r') {
                return true;
            }
        }
        return length == 0 || text[offset] == ' ' || text[offset + length - 1] == ' ';
    }

    @Override
    public void resetFields() {
        // numbers are overwritten as fields are announced
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        columns.known(number, name, offset, length);
    }

    @Override
    public void startRecord(long timeUnixNano) {
        values.clear();
        Arrays.fill(starts, 0);
        Arrays.fill(ends, 0);
        int at = out.length();
        out.reserve(Rfc3339Writer.MAX_BYTES);
        out.extend(times.put(out.array(), at, timeUnixNano) - at);
    }

    /** Whether the record in hand has no value of a field yet. */
    private boolean begin(int field) {
        int column = columns.of(field);
        if (ends[column] > starts[column]) {
            return false;
        }
        starts[column] = values.length();
        return true;
    }

    private void end(int field) {
        ends[columns.of(field)] = values.length();
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        if (begin(field)) {
            putText(values, utf8, offset, length);
            end(field);
        }
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        stringValue(field, json, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        if (begin(field)) {
            values.putDecimal(value);
            end(field);
        }
    }

    @Override
    public void doubleValue(int field, double value) {
        if (!begin(field)) {
            return;
        }
        if (Double.isFinite(value)) {
            values.reserve(Decimals.MAX_BYTES);
            int at = values.length();
            values.extend(Decimals.put(values.array(), at, value) - at);
        } else {
            values.put(Double.toString(value));
        }
        end(field);
    }

    @Override
    public void boolValue(int field, boolean value) {
        if (begin(field)) {
            byte[] word = value ? TRUE : FALSE;
            values.put(word, 0, word.length);
            end(field);
        }
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        if (begin(field)) {
            values.reserve(Base64Text.room(length));
            int at = values.length();
            values.extend(Base64Text.put(bytes, offset, length, values.array(), at) - at);
            end(field);
        }
    }

    @Override
    public void nullValue(int field) {
        // empty, as what is not there
    }

    @Override
    public void endRecord() {
        for (int column = 0; column < starts.length; column++) {
            out.put((byte) ',');
            out.put(values.array(), starts[column], ends[column] - starts[column]);
        }
        out.put((byte) '\n');
    }
}
