package io.penstock.exporter.segment;

import io.penstock.exporter.storage.MappedRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What a segment file says of itself.
 *
 * @param epoch epoch of the ring
 * @param index number of the segment since the ring was made; a recycled file gets a new one
 * @param salt key of the segment's commit words, drawn anew at each recycling
 * @param segmentBytes length of the file
 * @param createdMs when this lap began, milliseconds since the epoch
 */
public record SegmentHeader(long epoch, long index, long salt, int segmentBytes, long createdMs) {

    /** What the first bytes of a file turned out to be. */
    public enum Status {
        /** No magic: never formatted, or a recycling was interrupted. Holds nothing. */
        BLANK,
        /** A foreign magic or a bad checksum. */
        DAMAGED,
        /** Written by a later version of the format. */
        NEWER,
        /** Valid. */
        GOOD
    }

    /**
     * Writes the header so that a kill at any moment leaves a blank or a whole one: the magic goes
     * first and comes last.
     */
    void write(MappedRegion region) {
        region.putLongRelease(SegmentLayout.MAGIC_AT, 0);
        region.storeFence();
        byte[] bytes = encode();
        region.put(8, bytes, 8, SegmentLayout.HEADER_BYTES - 8);
        region.putLongRelease(SegmentLayout.MAGIC_AT, SegmentLayout.MAGIC);
    }

    private byte[] encode() {
        ByteBuffer buffer =
                ByteBuffer.allocate(SegmentLayout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(SegmentLayout.MAGIC_AT, SegmentLayout.MAGIC)
                .putInt(SegmentLayout.VERSION_AT, SegmentLayout.VERSION)
                .putInt(SegmentLayout.BYTES_AT, segmentBytes)
                .putLong(SegmentLayout.EPOCH_AT, epoch)
                .putLong(SegmentLayout.INDEX_AT, index)
                .putLong(SegmentLayout.SALT_AT, salt)
                .putLong(SegmentLayout.CREATED_AT, createdMs);
        buffer.putInt(SegmentLayout.CRC_AT, crc(buffer.array()));
        return buffer.array();
    }

    /** Judges the first {@link SegmentLayout#DATA_START} bytes (or fewer) of a file. */
    public static Status status(byte[] head) {
        if (head.length < SegmentLayout.HEADER_BYTES) {
            return Status.BLANK;
        }
        ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long magic = buffer.getLong(SegmentLayout.MAGIC_AT);
        if (magic == 0) {
            return Status.BLANK;
        }
        if (magic != SegmentLayout.MAGIC) {
            return Status.DAMAGED;
        }
        if (buffer.getInt(SegmentLayout.CRC_AT) != crc(head)) {
            return Status.DAMAGED;
        }
        return buffer.getInt(SegmentLayout.VERSION_AT) > SegmentLayout.VERSION
                ? Status.NEWER
                : Status.GOOD;
    }

    /** Reads a header whose status is {@link Status#GOOD}. */
    public static SegmentHeader read(byte[] head) {
        ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        return new SegmentHeader(
                buffer.getLong(SegmentLayout.EPOCH_AT),
                buffer.getLong(SegmentLayout.INDEX_AT),
                buffer.getLong(SegmentLayout.SALT_AT),
                buffer.getInt(SegmentLayout.BYTES_AT),
                buffer.getLong(SegmentLayout.CREATED_AT));
    }

    private static int crc(byte[] head) {
        CRC32C crc = new CRC32C();
        crc.update(head, 0, SegmentLayout.CRC_AT);
        return (int) crc.getValue();
    }
}
