package io.penstock.exporter.sink.influxdb;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Base64Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Writes each record as one line of line protocol; the rules stand on the package's page.
 *
 * <p>Threading: confined to one thread.
 */
final class LineWriter implements RecordVisitor {

    /** The word that line protocol keeps for the point's own time. */
    private static final String TIME = "time";

    private static final int NOTHING = -1;
    private static final int FIELD = -2;
    private static final int MEASUREMENT = -3;
    private static final int KEEP_BYTES = 64 * 1024;

    private final WriteBuffer out;
    private final LineMapping mapping;
    private final byte[] measurement;
    private final byte[][] tagKeys;
    // The record in hand: texts of its tags, one behind another, and its fields as they will stand.
    private final WriteBuffer tagValues = new WriteBuffer(256);
    private final WriteBuffer fields = new WriteBuffer(1024);
    private final WriteBuffer name = new WriteBuffer(64);
    private final WriteBuffer scratch = new WriteBuffer(64);
    private final int[] starts;
    private final int[] ends;
    private final BitSet fieldless = new BitSet();
    // Per field of the batch: a number of tagKeys or one of the words above, and its key.
    private int[] roles = new int[16];
    private byte[][] keys = new byte[16][];
    private int record;
    private long time;

    LineWriter(WriteBuffer out, LineMapping mapping) {
        this.out = out;
        this.mapping = mapping;
        this.measurement = escaped(mapping.measurement(), LineText.MEASUREMENT);
        List<String> tags = mapping.tags();
        this.tagKeys = new byte[tags.size()][];
        for (int i = 0; i < tagKeys.length; i++) {
            tagKeys[i] = escaped(tags.get(i), LineText.KEY);
        }
        this.starts = new int[tagKeys.length];
        this.ends = new int[tagKeys.length];
    }

    /** A text as it will stand in a place that takes no line end and no backslash at its end. */
    static String clean(String text) {
        WriteBuffer cleaned = new WriteBuffer(64);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        LineText.put(cleaned, LineText.MEASUREMENT, utf8, 0, utf8.length);
        return cleaned.toString();
    }

    private static byte[] escaped(String text, int place) {
        WriteBuffer key = new WriteBuffer(64);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        LineText.put(key, place, utf8, 0, utf8.length);
        return key.toByteArray();
    }

    /** Begins a delivery. */
    void begin() {
        record = 0;
        fieldless.clear();
    }

    /** Records of the delivery that have no field and so no line, counted from 0. */
    BitSet fieldless() {
        return (BitSet) fieldless.clone();
    }

    @Override
    public void resetFields() {
        Arrays.fill(roles, NOTHING);
    }

    @Override
    public void field(int number, byte[] utf8, int offset, int length) {
        if (number >= roles.length) {
            int room = Math.max(number + 1, roles.length * 2);
            roles = Arrays.copyOf(roles, room);
            keys = Arrays.copyOf(keys, room);
        }
        String text = new String(utf8, offset, length, StandardCharsets.UTF_8);
        keys[number] = escaped(text, LineText.KEY);
        roles[number] = keys[number].length == 0 ? NOTHING : role(text);
    }

    private int role(String text) {
        if (text.equals(mapping.measurementField())) {
            return MEASUREMENT;
        }
        int tag = mapping.tags().indexOf(text);
        if (tag >= 0 || text.equals(TIME)) {
            return text.equals(TIME) ? NOTHING : tag;
        }
        boolean wanted = mapping.fields().isEmpty() || mapping.fields().contains(text);
        return wanted ? FIELD : NOTHING;
    }

    @Override
    public void startRecord(long timeUnixNano) {
        time = timeUnixNano;
        Arrays.fill(ends, 0);
        tagValues.clear(KEEP_BYTES);
        fields.clear(KEEP_BYTES);
        name.clear();
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        int role = roles[field];
        if (role != FIELD) {
            word(role, utf8, offset, length);
        } else if (mapping.textFields()) {
            key(field);
            fields.put((byte) '"');
            LineText.put(fields, LineText.STRING, utf8, offset, length);
            fields.put((byte) '"');
        }
    }

    /** A value that stands unquoted: in a tag, or as the measurement. */
    private void word(int role, byte[] utf8, int offset, int length) {
        if (role == MEASUREMENT) {
            name.clear();
            LineText.put(name, LineText.MEASUREMENT, utf8, offset, length);
        } else if (role >= 0) {
            starts[role] = tagValues.length();
            LineText.put(tagValues, LineText.KEY, utf8, offset, length);
            ends[role] = tagValues.length();
        }
    }

    private void word(int role, String text) {
        scratch.clear();
        scratch.put(text);
        word(role, scratch.array(), 0, scratch.length());
    }

    private void key(int field) {
        if (fields.length() > 0) {
            fields.put((byte) ',');
        }
        byte[] key = keys[field];
        fields.put(key, 0, key.length);
        fields.put((byte) '=');
    }

    @Override
    public void intValue(int field, long value) {
        if (roles[field] != FIELD) {
            word(roles[field], Long.toString(value));
            return;
        }
        key(field);
        fields.putDecimal(value);
        if (mapping.integerFields()) {
            fields.put((byte) 'i');
        }
    }

    @Override
    public void doubleValue(int field, double value) {
        if (roles[field] != FIELD) {
            word(roles[field], Double.toString(value));
        } else if (Double.isFinite(value)) {
            key(field);
            fields.putDecimal(value);
        }
    }

    @Override
    public void boolValue(int field, boolean value) {
        if (roles[field] != FIELD) {
            word(roles[field], Boolean.toString(value));
            return;
        }
        key(field);
        fields.put(Boolean.toString(value));
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        if (roles[field] != NOTHING) {
            byte[] text = new byte[Base64Text.room(length)];
            int end = Base64Text.put(bytes, offset, length, text, 0);
            stringValue(field, text, 0, end);
        }
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        if (json[offset] == '{' || json[offset] == '[') {
            stringValue(field, json, offset, length);
        } else {
            // a number that fits no long: near enough as a double, or infinite and left out
            String number = new String(json, offset, length, StandardCharsets.US_ASCII);
            doubleValue(field, Double.parseDouble(number));
        }
    }

    @Override
    public void nullValue(int field) {
        // the same as an absent value
    }

    @Override
    public void endRecord() {
        if (fields.length() == 0) {
            fieldless.set(record++);
            return;
        }
        record++;
        if (name.length() > 0) {
            out.put(name.array(), 0, name.length());
        } else {
            out.put(measurement, 0, measurement.length);
        }
        for (int i = 0; i < tagKeys.length; i++) {
            int length = ends[i] - starts[i];
            if (ends[i] > 0 && length > 0) {
                out.put((byte) ',');
                out.put(tagKeys[i], 0, tagKeys[i].length);
                out.put((byte) '=');
                out.put(tagValues.array(), starts[i], length);
            }
        }
        out.put((byte) ' ');
        out.put(fields.array(), 0, fields.length());
        out.put((byte) ' ');
        out.putDecimal(time);
        out.put((byte) '\n');
    }
}
