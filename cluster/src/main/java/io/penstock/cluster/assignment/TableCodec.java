package io.penstock.cluster.assignment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A table as bytes and back.
 *
 * <p>Form, all numbers big-endian: {@code magic "PSTA" (4) | format (4) | bytes of the body (4) |
 * CRC32C (4) | body}. The checksum is over everything but itself. This frame stays the same in
 * every format to come, so that damage and a newer format are never taken for one another. For the
 * body see {@link TableBody}.
 *
 * <p>Bounds: {@value #MAX_BYTES} bytes in all, {@value #MAX_NAME_BYTES} bytes a name. What decoding
 * allocates is a constant times the bytes that are there, whatever they say.
 *
 * <p>Threading: any thread.
 */
public final class TableCodec {

    /** Most bytes of a table: some ten million rows. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Most bytes of a name in UTF-8. */
    public static final int MAX_NAME_BYTES = 1024;

    /** What this build writes, and the newest that it reads. */
    public static final int FORMAT = 2;

    /** The oldest that this build reads: it has no orders. */
    static final int WITHOUT_ORDERS = 1;

    static final int HEADER_BYTES = 16;

    private static final int MAGIC = 0x50535441;
    private static final int LENGTH_AT = 8;
    private static final int CHECKSUM_AT = 12;

    private TableCodec() {}

    /**
     * A table as bytes; the same table gives the same bytes.
     *
     * @throws IllegalArgumentException when a name or the whole is larger than its bound
     */
    public static byte[] encode(AssignmentTable table) {
        return frame(FORMAT, TableBody.write(table, HEADER_BYTES));
    }

    /** Fills in the header that stands reserved before a body. */
    static byte[] frame(int format, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a table of %d bytes, the limit is %d".formatted(bytes.length, MAX_BYTES));
        }
        ByteBuffer.wrap(bytes)
                .putInt(MAGIC)
                .putInt(format)
                .putInt(bytes.length - HEADER_BYTES)
                .putInt(checksum(bytes));
        return bytes;
    }

    /** Bytes as a table, or why they are none; never an exception, whatever the bytes. */
    public static Decoded decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            return damaged("%d bytes, less than a header".formatted(bytes.length));
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (header.getInt() != MAGIC) {
            return damaged("the bytes are no table of assignments");
        }
        int format = header.getInt();
        if (header.getInt(LENGTH_AT) != bytes.length - HEADER_BYTES || bytes.length > MAX_BYTES) {
            return damaged(
                    "a body of %d bytes where the header says %d"
                            .formatted(bytes.length - HEADER_BYTES, header.getInt(LENGTH_AT)));
        }
        if (header.getInt(CHECKSUM_AT) != checksum(bytes)) {
            return damaged("the checksum does not fit");
        }
        if (format > FORMAT) {
            return new Decoded.Refused(
                    Decoded.Fault.NEWER_FORMAT,
                    "table of assignments written by a newer version of Penstock: format %d, this one reads up to %d"
                            .formatted(format, FORMAT));
        }
        return format >= WITHOUT_ORDERS
                ? body(bytes, format > WITHOUT_ORDERS)
                : damaged("format " + format + " never was");
    }

    private static Decoded body(byte[] bytes, boolean hasOrders) {
        try {
            return new Decoded.Table(
                    TableBody.read(new ByteReader(bytes, HEADER_BYTES), hasOrders));
        } catch (IllegalArgumentException e) {
            // the checksum fits, so whoever wrote this meant it: its fault, told as a value
            return damaged(String.valueOf(e.getMessage()));
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM_AT);
        crc.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
        return (int) crc.getValue();
    }

    private static Decoded damaged(String why) {
        return new Decoded.Refused(Decoded.Fault.DAMAGED, "damaged table of assignments: " + why);
    }
}
