package io.penstock.exporter.segment;

import io.penstock.exporter.storage.MappedRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes entries into claimed space: {@link #begin}, {@link #describe}, {@link #put} as often as
 * there are pieces, {@link #end}. Keeps its scratch: writing an entry makes no object.
 *
 * <p>Threading: confined to one thread.
 */
public final class EntryEncoder {
    private static final int CRC_START = EntryFormat.KIND;
    private static final int CRC_BYTES = EntryFormat.HEADER_CRC - CRC_START;

    private final byte[] bytes = new byte[EntryFormat.HEADER_BYTES];
    private final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    private MappedRegion region;
    private int offset;
    private int bodyAt;
    private int bodyEnd;

    /** An encoder of the region of nothing in particular. */
    public EntryEncoder(Segment segment) {
        this.region = segment.region();
    }

    /**
     * Starts an entry.
     *
     * @param offset its offset in the segment
     * @param runBack bytes between the first entry of the put transaction and this one
     */
    public void begin(Segment segment, int offset, int bodyBytes, int runBack) {
        this.region = segment.region();
        this.offset = offset;
        this.bodyAt = offset + EntryFormat.HEADER_BYTES;
        this.bodyEnd = bodyAt + bodyBytes;
        header.put(EntryFormat.KIND, EntryFormat.KIND_BATCH);
        header.putInt(EntryFormat.BODY_BYTES, bodyBytes);
        header.putLong(EntryFormat.POSITION, segment.start() + offset);
        header.putInt(EntryFormat.RUN_BACK, runBack / EntryFormat.ALIGNMENT);
    }

    /** States what the body is. */
    public void describe(
            byte encoding, int records, long producerId, long sequence, long arrivedMs) {
        header.put(EntryFormat.ENCODING, encoding);
        header.putInt(EntryFormat.RECORDS, records);
        header.putLong(EntryFormat.PRODUCER, producerId);
        header.putLong(EntryFormat.SEQUENCE, sequence);
        header.putLong(EntryFormat.ARRIVED_MS, arrivedMs);
        crc.reset();
        crc.update(bytes, CRC_START, CRC_BYTES);
        header.putInt(EntryFormat.HEADER_CRC, (int) crc.getValue());
    }

    /**
     * Writes the next piece of the body and takes it into the checksum.
     *
     * @throws IndexOutOfBoundsException when it is more than was announced
     */
    public void put(byte[] source, int sourceOffset, int length) {
        if (length > bodyEnd - bodyAt) {
            throw new IndexOutOfBoundsException(
                    "body is longer than announced by " + (length - (bodyEnd - bodyAt)));
        }
        region.put(bodyAt, source, sourceOffset, length);
        crc.update(source, sourceOffset, length);
        bodyAt += length;
    }

    /**
     * Ends the body. The header is not written yet: for the first entry of a run that comes last,
     * since an intact header counts as published after a kill.
     *
     * @throws IllegalStateException when less was put than was announced
     */
    public void end() {
        if (bodyAt != bodyEnd) {
            throw new IllegalStateException(
                    "body is shorter than announced by " + (bodyEnd - bodyAt));
        }
        header.putInt(EntryFormat.ENTRY_CRC, (int) crc.getValue());
    }

    /** Writes the header, all but the commit word. */
    public void writeHeader() {
        writeHeader(offset, bytes);
    }

    /** Copies the header for {@link #writeHeader(int, byte[])}. */
    public void saveHeader(byte[] target) {
        System.arraycopy(bytes, 0, target, 0, bytes.length);
    }

    /** Writes a saved header. */
    public void writeHeader(int at, byte[] saved) {
        region.storeFence();
        region.put(
                at + EntryFormat.ENTRY_CRC,
                saved,
                EntryFormat.ENTRY_CRC,
                EntryFormat.HEADER_BYTES - EntryFormat.ENTRY_CRC);
    }
}
