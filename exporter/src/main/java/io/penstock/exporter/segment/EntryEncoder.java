package io.penstock.exporter.segment;

import io.penstock.exporter.storage.MappedRegion;
import io.penstock.exporter.storage.WriteWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries into claimed space: {@link #begin}, {@link #describe}, {@link #put} as often as
 * there are pieces, {@link #end}, {@link #writeHeader()} or {@link #writeBehind}. Keeps its
 * scratch: writing an entry makes no object.
 *
 * <p>Threading: confined to one thread.
 */
public final class EntryEncoder {
    private static final int CRC_START = EntryFormat.KIND;
    private static final int CRC_BYTES = EntryFormat.HEADER_CRC - CRC_START;

    private final byte[] bytes = new byte[EntryFormat.HEADER_BYTES];
    private final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    private Segment segment;
    private MappedRegion region;
    private @Nullable WriteWindow window;
    private int offset;
    private int bodyAt;
    private int bodyEnd;

    /** An encoder of the region of nothing in particular. */
    public EntryEncoder(Segment segment) {
        this.segment = segment;
        this.region = segment.region();
    }

    /**
     * Starts an entry.
     *
     * @param through window into the segment's file for its bytes; null for the mapping
     * @param offset its offset in the segment
     * @param runBack bytes between the first entry of the put transaction and this one
     */
    public void begin(
            Segment segment,
            @Nullable WriteWindow through,
            int offset,
            int bodyBytes,
            int runBack) {
        this.segment = segment;
        this.region = segment.region();
        this.window = through;
        this.offset = offset;
        this.bodyAt = offset + EntryFormat.HEADER_BYTES;
        this.bodyEnd = bodyAt + bodyBytes;
        if (through != null) {
            through.skipTo(bodyAt);
        }
        header.put(EntryFormat.KIND, EntryFormat.KIND_BATCH);
        header.putInt(EntryFormat.BODY_BYTES, bodyBytes);
        header.putLong(EntryFormat.POSITION, segment.start() + offset);
        header.putInt(EntryFormat.RUN_BACK, runBack / EntryFormat.ALIGNMENT);
    }

    /** Position of the entry in hand. */
    public long position() {
        return segment.start() + offset;
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
        if (window == null) {
            region.put(bodyAt, source, sourceOffset, length);
        } else {
            window.put(bodyAt, source, sourceOffset, length);
        }
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

    /**
     * Writes header and commit word of an entry behind the first of its run. Nobody comes here
     * before the first is visible, so no order matters but this: a word without its header looks
     * like damage. A kill ends a call between two pages, so a header across two does not go by one.
     */
    public void writeBehind(int entryBytes) {
        if (window != null && window.holds(offset) && isAcrossPages(offset)) {
            window.flush();
        }
        if (window == null || !window.holds(offset)) {
            writeHeader();
            segment.publish(offset, entryBytes);
        } else {
            header.putLong(EntryFormat.WORD, segment.word(offset, entryBytes));
            window.put(offset, bytes, 0, bytes.length);
        }
    }

    private static boolean isAcrossPages(int offset) {
        int inPage = offset % MappedRegion.PAGE_BYTES;
        return inPage > MappedRegion.PAGE_BYTES - EntryFormat.HEADER_BYTES;
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
