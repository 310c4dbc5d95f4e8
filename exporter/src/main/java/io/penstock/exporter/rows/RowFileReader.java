package io.penstock.exporter.rows;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.ValueKind;
import io.penstock.exporter.storage.StorageFile;
import io.penstock.exporter.text.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads a file of frames.
 *
 * <p>Threading: confined to one thread.
 */
public final class RowFileReader {

    private static final int ROOM_BYTES = 64 * 1024;
    private static final int STRING = ValueKind.STRING.code();

    private final StorageFile file;
    private final long end;
    private byte[] bytes = new byte[ROOM_BYTES];
    private int at;
    // The texts of the frame in hand that have a number.
    private int[] starts = new int[64];
    private int[] sizes = new int[64];
    private int texts;

    /**
     * A reader of what lies before {@code end}; the rest of the file is passed over. The file stays
     * the caller's.
     */
    public RowFileReader(StorageFile file, long end) {
        this.file = file;
        this.end = end;
    }

    /** Adds the fields of all frames to a union; looks at nothing else of them. */
    public void union(FieldUnion union) throws IOException {
        long position = 0;
        while (position < end) {
            int length = header(position);
            int table = getInt(12);
            load(position + Frame.HEADER_BYTES, table);
            at = 0;
            for (int left = (int) varint(); left > 0; left--) {
                int size = (int) varint();
                union.mark(union.add(bytes, at, size), bytes[at + size]);
                at += size + 1;
            }
            position += length;
        }
    }

    /**
     * Shows all records, in order, to a visitor.
     *
     * @param afterFrame called after each frame
     * @return how many there were
     * @throws DamagedRowsException when a frame is not as it was written
     */
    public long read(RecordVisitor visitor, Runnable afterFrame) throws IOException {
        long position = 0;
        long rows = 0;
        while (position < end) {
            int length = header(position);
            load(position, length);
            if (Frame.crc(bytes, 8, length - 8) != getInt(4)) {
                throw new DamagedRowsException(position, "their checksum differs");
            }
            rows += getInt(8);
            frame(length, visitor);
            afterFrame.run();
            position += length;
        }
        return rows;
    }

    /** Loads a header; the length of the frame, header included. */
    private int header(long position) throws IOException {
        load(position, Frame.HEADER_BYTES);
        int behind = getInt(0);
        int table = getInt(12);
        boolean possible =
                behind >= 8 && behind <= end - position - 8 && table >= 0 && table <= behind - 8;
        if (!possible) {
            throw new DamagedRowsException(position, "their length cannot be");
        }
        return behind + 8;
    }

    private void load(long position, int length) throws IOException {
        if (bytes.length < length) {
            bytes = new byte[length + (length >>> 2)];
        }
        if (file.read(position, bytes, 0, length) < length) {
            throw new DamagedRowsException(position, "the file ends before them");
        }
    }

    private int getInt(int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    private void frame(int length, RecordVisitor visitor) {
        at = Frame.HEADER_BYTES;
        visitor.resetFields();
        int fields = (int) varint();
        for (int field = 0; field < fields; field++) {
            int size = (int) varint();
            visitor.field(field, bytes, at, size);
            at += size + 1;
        }
        texts = 0;
        while (at < length) {
            visitor.startRecord(Words.get(bytes, at));
            at += Long.BYTES;
            int tag = (int) varint();
            while (tag != Frame.END_OF_ROW) {
                int place = tag - 1;
                value(place >>> 3, place & 7, visitor);
                tag = (int) varint();
            }
            visitor.endRecord();
        }
    }

    private void value(int field, int kind, RecordVisitor visitor) {
        if (kind == Frame.SEEN_KIND) {
            int text = (int) varint();
            visitor.numberedString(field, text, bytes, starts[text], sizes[text]);
        } else if (kind == STRING) {
            text(field, (int) varint(), visitor);
        } else if (kind == Frame.NULL_KIND) {
            visitor.nullValue(field);
        } else {
            rarer(field, ValueKind.of(kind), visitor);
        }
    }

    private void text(int field, int size, RecordVisitor visitor) {
        if (size < SeenTexts.MIN_BYTES) {
            visitor.stringValue(field, bytes, at, size);
        } else {
            if (texts == starts.length) {
                starts = Arrays.copyOf(starts, texts * 2);
                sizes = Arrays.copyOf(sizes, texts * 2);
            }
            starts[texts] = at;
            sizes[texts] = size;
            visitor.numberedString(field, texts++, bytes, at, size);
        }
        at += size;
    }

    private void rarer(int field, ValueKind kind, RecordVisitor visitor) {
        switch (kind) {
            case INT -> {
                long zigzag = varint();
                visitor.intValue(field, zigzag >>> 1 ^ -(zigzag & 1));
            }
            case DOUBLE -> {
                visitor.doubleValue(field, Double.longBitsToDouble(Words.get(bytes, at)));
                at += Long.BYTES;
            }
            case BOOL -> visitor.boolValue(field, bytes[at++] != 0);
            case STRING -> throw new IllegalStateException("a text is told apart before");
            case JSON -> {
                int size = (int) varint();
                visitor.jsonValue(field, bytes, at, size);
                at += size;
            }
            case BYTES -> {
                int size = (int) varint();
                visitor.bytesValue(field, bytes, at, size);
                at += size;
            }
        }
    }

    private long varint() {
        byte first = bytes[at++];
        return first >= 0 ? first : longVarint(first & 0x7f);
    }

    private long longVarint(long low) {
        long value = low;
        for (int shift = 7; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
