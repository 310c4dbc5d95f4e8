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
    static final int END_OF_ROW = 0;

    /** Bytes in front of a value: two varints of 5 bytes at the most. */
    private static final int VALUE_HEAD_BYTES = 10;

    private static final int KEEP_BYTES = 1 << 20;
    private static final int UNKNOWN = -1;

    private final WriteBuffer rows = new WriteBuffer(1024);
    private FieldUnion fields = new FieldUnion();
    // At number of the batch's field: its number here.
    private int[] numbers = new int[16];
    private int batch;
    private int count;

    /** Begins a frame. */
    void clear() {
        rows.clear(KEEP_BYTES);
        fields = new FieldUnion();
        Arrays.fill(numbers, UNKNOWN);
        batch = 0;
        count = 0;
    }

    void startRow(int inBatch, long timeUnixNano) {
        if (batch != inBatch) {
            batch = inBatch;
            Arrays.fill(numbers, UNKNOWN);
        }
        int at = rows.extend(Long.BYTES);
        Words.set(rows.array(), at, timeUnixNano);
        count++;
    }

    /** Writes what stands in front of a value and makes room for {@code more} bytes behind it. */
    private void head(BatchNames names, int field, int kind, int more) {
        int number = field < numbers.length ? numbers[field] : UNKNOWN;
        if (number == UNKNOWN) {
            number = learn(names, field);
        }
        if (kind != NULL_KIND) {
            fields.mark(number, 1 << kind);
        }
        rows.reserve(VALUE_HEAD_BYTES + more);
        varint(rows, 1 + ((long) number << 3 | kind));
    }

    private int learn(BatchNames names, int field) {
        if (field >= numbers.length) {
            int known = numbers.length;
            numbers = Arrays.copyOf(numbers, Math.max(field + 1, known * 2));
            Arrays.fill(numbers, known, numbers.length, UNKNOWN);
        }
        int number = fields.add(names.bytes(), names.start(field), names.length(field));
        numbers[field] = number;
        return number;
    }

    void bytes(BatchNames names, int field, ValueKind kind, byte[] bytes, int at, int length) {
        head(names, field, kind.code(), length);
        varint(rows, length);
        rows.put(bytes, at, length);
    }

    void number(BatchNames names, int field, long value) {
        head(names, field, ValueKind.INT.code(), 0);
        varint(rows, value << 1 ^ value >> 63);
    }

    void real(BatchNames names, int field, double value) {
        head(names, field, ValueKind.DOUBLE.code(), Long.BYTES);
        int at = rows.extend(Long.BYTES);
        Words.set(rows.array(), at, Double.doubleToRawLongBits(value));
    }

    void truth(BatchNames names, int field, boolean value) {
        head(names, field, ValueKind.BOOL.code(), 1);
        rows.put((byte) (value ? 1 : 0));
    }

    void nothing(BatchNames names, int field) {
        head(names, field, NULL_KIND, 0);
    }

    void endRow() {
        rows.put((byte) END_OF_ROW);
    }

    /** Appends the whole frame to a buffer. */
    void writeTo(WriteBuffer out) {
        int start = out.extend(HEADER_BYTES);
        varint(out, fields.size());
        for (int field = 0; field < fields.size(); field++) {
            byte[] name = fields.name(field);
            varint(out, name.length);
            out.put(name, 0, name.length);
            out.put((byte) fields.kinds(field));
        }
        int table = out.length() - start - HEADER_BYTES;
        out.put(rows.array(), 0, rows.length());
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

    private static void varint(WriteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }
}
