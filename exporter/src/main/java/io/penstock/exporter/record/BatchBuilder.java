package io.penstock.exporter.record;

import io.penstock.exporter.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds the bytes of a RecordBatch, without an object per record or value.
 *
 * <p>Announce the fields, then for each record {@link #startRecord}, one call per value, {@link
 * #endRecord}; take the bytes with {@link #build} or {@link #writeTo}; {@link #clear} starts the
 * next batch with the same fields. Values are cheapest in the order of the fields. As a {@link
 * RecordVisitor} it turns any encoding into a RecordBatch: fields may be announced between records,
 * and {@link #jsonValue} becomes a text.
 *
 * <p>Threading: confined to one thread.
 */
public final class BatchBuilder implements RecordVisitor {

    /** The type that a field declares, as {@code penstock.record.v1.FieldType}. */
    public enum FieldType {
        /** Not stated: the value's own type is taken as it comes. */
        UNSPECIFIED(0),
        /** UTF-8 text. */
        STRING(1),
        /** Signed 64-bit integer. */
        INT64(2),
        /** IEEE 754 double. */
        DOUBLE(3),
        /** true or false. */
        BOOL(4),
        /** Opaque bytes. */
        BYTES(5);

        private final byte number;

        FieldType(int number) {
            this.number = (byte) number;
        }

        /** Number on the wire. */
        byte number() {
            return number;
        }
    }

    private static final int MAX_TAG_AND_SIZE = 6;
    private static final byte[] NULL_VALUE = {Wire.RECORD_VALUES, 0};

    private final WriteBuffer schema = new WriteBuffer(512);
    private final WriteBuffer records = new WriteBuffer(16 * 1024);
    // The record in hand: its values as they were called.
    private final WriteBuffer values = new WriteBuffer(1024);
    private int fields;
    private int count;

    // Where each field's value lies in values; start == end for none.
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private long time;
    private int next;
    private boolean ordered;

    /** Announces the next field; returns its number. */
    public int field(String name, FieldType type) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        announce(utf8, 0, utf8.length, type);
        return fields - 1;
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        if (number != fields) {
            throw new IllegalArgumentException("field " + number + " announced as " + fields);
        }
        announce(name, offset, length, FieldType.UNSPECIFIED);
    }

    private void announce(byte[] name, int offset, int length, FieldType type) {
        if (fields == Wire.MAX_FIELDS) {
            throw new IllegalArgumentException("over " + Wire.MAX_FIELDS + " fields");
        }
        int typeBytes = type == FieldType.UNSPECIFIED ? 0 : 2;
        schema.put((byte) Wire.BATCH_FIELDS);
        putVarint(schema, 1 + varintSize(length) + length + typeBytes);
        schema.put((byte) Wire.SCHEMA_NAME);
        putVarint(schema, length);
        schema.put(name, offset, length);
        if (typeBytes > 0) {
            schema.put((byte) Wire.SCHEMA_TYPE);
            schema.put(type.number());
        }
        fields++;
        if (fields > starts.length) {
            starts = Arrays.copyOf(starts, fields * 2);
            ends = Arrays.copyOf(ends, fields * 2);
        }
    }

    /** Forgets records and fields. */
    @Override
    public void resetFields() {
        clear();
        schema.clear();
        fields = 0;
    }

    /** Forgets the records and keeps the fields. */
    public void clear() {
        records.clear();
        count = 0;
    }

    /** Records in the batch. */
    public int records() {
        return count;
    }

    /** Length of the batch in bytes. */
    public int bytes() {
        return schema.length() + records.length();
    }

    /** The batch as a new array. */
    public byte[] build() {
        byte[] batch = Arrays.copyOf(schema.array(), bytes());
        System.arraycopy(records.array(), 0, batch, schema.length(), records.length());
        return batch;
    }

    /** Appends the batch to a buffer. */
    public void writeTo(WriteBuffer out) {
        out.put(schema.array(), 0, schema.length());
        out.put(records.array(), 0, records.length());
    }

    @Override
    public void startRecord(long timeUnixNano) {
        time = timeUnixNano;
        next = 0;
        ordered = true;
        values.clear();
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        text(field, Wire.VALUE_STRING, utf8, offset, length);
    }

    /** A text. */
    public void stringValue(int field, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        stringValue(field, utf8, 0, utf8.length);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        text(field, Wire.VALUE_BYTES, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        text(field, Wire.VALUE_STRING, json, offset, length);
    }

    private void text(int field, int tag, byte[] bytes, int offset, int length) {
        begin(field, 1 + varintSize(length) + length);
        values.bytes[values.length++] = (byte) tag;
        varint(values, length);
        System.arraycopy(bytes, offset, values.bytes, values.length, length);
        values.length += length;
        ends[field] = values.length;
    }

    @Override
    public void intValue(int field, long value) {
        long zigzag = value << 1 ^ value >> 63;
        begin(field, 1 + varintSize(zigzag));
        values.bytes[values.length++] = (byte) Wire.VALUE_INT;
        varint(values, zigzag);
        ends[field] = values.length;
    }

    @Override
    public void doubleValue(int field, double value) {
        begin(field, 1 + Long.BYTES);
        values.bytes[values.length++] = (byte) Wire.VALUE_DOUBLE;
        Words.set(values.bytes, values.length, Double.doubleToRawLongBits(value));
        values.length += Long.BYTES;
        ends[field] = values.length;
    }

    @Override
    public void boolValue(int field, boolean value) {
        begin(field, 2);
        values.bytes[values.length++] = (byte) Wire.VALUE_BOOL;
        values.bytes[values.length++] = (byte) (value ? 1 : 0);
        ends[field] = values.length;
    }

    @Override
    public void nullValue(int field) {
        begin(field, 0);
        ends[field] = values.length;
    }

    /** Writes what stands before a value's bytes: nulls for fields left out, tag and length. */
    private void begin(int field, int valueBytes) {
        if (field >= fields) {
            throw new IllegalArgumentException("field " + field + " of " + fields);
        }
        while (next < field) {
            starts[next] = values.length;
            values.put(NULL_VALUE, 0, NULL_VALUE.length);
            ends[next++] = values.length;
        }
        if (field == next) {
            next++;
        } else {
            ordered = false;
        }
        values.reserve(MAX_TAG_AND_SIZE + valueBytes);
        starts[field] = values.length;
        values.bytes[values.length++] = (byte) Wire.RECORD_VALUES;
        varint(values, valueBytes);
    }

    @Override
    public void endRecord() {
        int timeBytes = time == 0 ? 0 : 1 + Long.BYTES;
        int length = timeBytes + (ordered ? values.length : orderedLength());
        records.reserve(MAX_TAG_AND_SIZE + length);
        records.bytes[records.length++] = (byte) Wire.BATCH_RECORDS;
        varint(records, length);
        if (timeBytes > 0) {
            records.bytes[records.length++] = (byte) Wire.RECORD_TIME;
            Words.set(records.bytes, records.length, time);
            records.length += Long.BYTES;
        }
        if (ordered) {
            records.put(values.bytes, 0, values.length);
        } else {
            for (int i = 0; i < next; i++) {
                records.put(values.bytes, starts[i], ends[i] - starts[i]);
            }
        }
        count++;
    }

    private int orderedLength() {
        int length = 0;
        for (int i = 0; i < next; i++) {
            length += ends[i] - starts[i];
        }
        return length;
    }

    private static void putVarint(WriteBuffer out, int value) {
        out.reserve(MAX_TAG_AND_SIZE);
        varint(out, value);
    }

    private static void varint(WriteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.bytes[out.length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out.bytes[out.length++] = (byte) rest;
    }

    private static int varintSize(long value) {
        // ceil(significant bits / 7), at least 1
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }
}
