package io.penstock.exporter.rows;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.ValueKind;
import io.penstock.exporter.text.Words;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The rows of one hour out of one delivery, being written. See the package's page for the layout.
 *
 * <p>Threading: confined to one thread.
 */
final class Frame {

    static final int HEADER_BYTES = 16;
    static final int NULL_KIND = ValueKind.COUNT;
    static final int SEEN_KIND = ValueKind.COUNT + 1;
    static final int END_OF_ROW = 0;

    /** Bytes of a value without those of a text: two varints of 10 bytes at the most. */
    private static final int VALUE_BYTES = 20;

    private static final int KEEP_BYTES = 1 << 20;
    private static final int UNKNOWN = -1;

    private final SeenTexts seen = new SeenTexts();
    private FieldUnion fields = new FieldUnion();
    // At number of the batch's field: its number here.
    private int[] numbers = new int[16];
    // At number here: the kinds of its values.
    private int[] kinds = new int[16];
    private byte[] rows = new byte[1024];
    private int length;
    private int batch;
    private int count;

    /** Begins a frame. */
    void clear() {
        if (rows.length > KEEP_BYTES) {
            rows = new byte[KEEP_BYTES];
        }
        length = 0;
        fields = new FieldUnion();
        Arrays.fill(numbers, UNKNOWN);
        Arrays.fill(kinds, 0);
        seen.clear();
        batch = 0;
        count = 0;
    }

    void startRow(int inBatch, long timeUnixNano) {
        if (batch != inBatch) {
            batch = inBatch;
            Arrays.fill(numbers, UNKNOWN);
        }
        reserve(Long.BYTES);
        Words.set(rows, length, timeUnixNano);
        length += Long.BYTES;
        count++;
    }

    private void reserve(int more) {
        if (rows.length - length < more) {
            long wanted = (long) length + more;
            long roomy = Math.max(wanted, rows.length + (rows.length >>> 1));
            // an array of more than there can be is the virtual machine's to refuse
            rows = Arrays.copyOf(rows, (int) Math.min(roomy, Integer.MAX_VALUE - 8));
        }
    }

    /** The frame's number for a field of the batch. */
    private int number(BatchNames names, int field) {
        int number = field < numbers.length ? numbers[field] : UNKNOWN;
        return number == UNKNOWN ? learn(names, field) : number;
    }

    private int learn(BatchNames names, int field) {
        if (field >= numbers.length) {
            int known = numbers.length;
            numbers = Arrays.copyOf(numbers, Math.max(field + 1, known * 2));
            Arrays.fill(numbers, known, numbers.length, UNKNOWN);
        }
        int number = fields.add(names.bytes(), names.start(field), names.length(field));
        if (number >= kinds.length) {
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
        }
        numbers[field] = number;
        return number;
    }

    /** Writes what stands in front of a value. */
    private static int tag(byte[] to, int at, int number, int kind) {
        return varint(to, at, 1 + ((long) number << 3 | kind));
    }

    /** A text; one that the frame has already costs its number only. */
    void text(BatchNames names, int field, byte[] bytes, int offset, int size) {
        if (size < SeenTexts.MIN_BYTES) {
            bytes(names, field, ValueKind.STRING, bytes, offset, size);
            return;
        }
        int number = number(names, field);
        kinds[number] |= ValueKind.STRING.bit();
        reserve(VALUE_BYTES + size);
        byte[] to = rows;
        int slot = seen.slot(number, bytes, offset, size);
        int before = seen.find(slot, number, to, bytes, offset, size);
        if (before != SeenTexts.NOT_THERE) {
            length = varint(to, tag(to, length, number, SEEN_KIND), before);
            return;
        }
        int at = varint(to, tag(to, length, number, ValueKind.STRING.code()), size);
        System.arraycopy(bytes, offset, to, at, size);
        seen.put(slot, number, at, size);
        length = at + size;
    }

    void bytes(BatchNames names, int field, ValueKind kind, byte[] bytes, int offset, int size) {
        int number = number(names, field);
        kinds[number] |= kind.bit();
        reserve(VALUE_BYTES + size);
        int at = varint(rows, tag(rows, length, number, kind.code()), size);
        System.arraycopy(bytes, offset, rows, at, size);
        length = at + size;
    }

    void number(BatchNames names, int field, long value) {
        int number = number(names, field);
        kinds[number] |= ValueKind.INT.bit();
        reserve(VALUE_BYTES);
        int at = tag(rows, length, number, ValueKind.INT.code());
        length = varint(rows, at, value << 1 ^ value >> 63);
    }

    void real(BatchNames names, int field, double value) {
        int number = number(names, field);
        kinds[number] |= ValueKind.DOUBLE.bit();
        reserve(VALUE_BYTES);
        int at = tag(rows, length, number, ValueKind.DOUBLE.code());
        Words.set(rows, at, Double.doubleToRawLongBits(value));
        length = at + Long.BYTES;
    }

    void truth(BatchNames names, int field, boolean value) {
        int number = number(names, field);
        kinds[number] |= ValueKind.BOOL.bit();
        reserve(VALUE_BYTES);
        int at = tag(rows, length, number, ValueKind.BOOL.code());
        rows[at] = (byte) (value ? 1 : 0);
        length = at + 1;
    }

    void nothing(BatchNames names, int field) {
        int number = number(names, field);
        reserve(VALUE_BYTES);
        length = tag(rows, length, number, NULL_KIND);
    }

    void endRow() {
        reserve(1);
        rows[length++] = END_OF_ROW;
    }

    /** Appends the whole frame to a buffer. */
    void writeTo(WriteBuffer out) {
        int start = out.extend(HEADER_BYTES);
        putVarint(out, fields.size());
        for (int field = 0; field < fields.size(); field++) {
            byte[] name = fields.name(field);
            putVarint(out, name.length);
            out.put(name, 0, name.length);
            out.put((byte) kinds[field]);
        }
        int table = out.length() - start - HEADER_BYTES;
        out.put(rows, 0, length);
        int behind = out.length() - start - 8;
        ByteBuffer header = ByteBuffer.wrap(out.array()).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(start, behind).putInt(start + 8, count).putInt(start + 12, table);
        header.putInt(start + 4, crc(out.array(), start + 8, behind));
    }

    static int crc(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }

    private static void putVarint(WriteBuffer out, int value) {
        int at = out.extend(VALUE_BYTES);
        out.truncate(varint(out.array(), at, value));
    }

    /** Writes a varint; the index behind it. */
    private static int varint(byte[] to, int from, long value) {
        int at = from;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        return at;
    }
}
