package io.penstock.exporter.rows;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.ValueKind;
import io.penstock.exporter.storage.StorageFile;
import io.penstock.exporter.text.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a file of frames.
 *
 * <p>Threading: confined to one thread.
 */
public final class RowFileReader {

    private static final int ROOM_BYTES = 64 * 1024;

    private final StorageFile file;
    private final long end;
    private byte[] bytes = new byte[ROOM_BYTES];
    private int at;

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
        while (at < length) {
            visitor.startRecord(Words.get(bytes, at));
            at += Long.BYTES;
            long tag = varint();
            while (tag != Frame.END_OF_ROW) {
                long place = tag - 1;
                value((int) (place >>> 3), (int) (place & 7), visitor);
                tag = varint();
            }
            visitor.endRecord();
        }
    }

    private void value(int field, int kind, RecordVisitor visitor) {
        if (kind == Frame.NULL_KIND) {
            visitor.nullValue(field);
            return;
        }
        switch (ValueKind.of(kind)) {
            case STRING -> {
                int size = (int) varint();
                visitor.stringValue(field, bytes, at, size);
                at += size;
            }
            case INT -> {
                long zigzag = varint();
                visitor.intValue(field, zigzag >>> 1 ^ -(zigzag & 1));
            }
            case DOUBLE -> {
                visitor.doubleValue(field, Double.longBitsToDouble(Words.get(bytes, at)));
                at += Long.BYTES;
            }
            case BOOL -> visitor.boolValue(field, bytes[at++] != 0);
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
        if (first >= 0) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
