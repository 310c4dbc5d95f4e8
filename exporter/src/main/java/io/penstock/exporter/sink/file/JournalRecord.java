package io.penstock.exporter.sink.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record of the journal. On disk, big-endian:
 *
 * <pre>
 *   0  int   CRC32C of everything behind it
 *   4  int   kind
 *   8  long  HEADER magic      FILE sequence             DELIVERY hash, high half
 *  16  long  HEADER version    FILE opened, epoch ms     DELIVERY hash, low half
 *  24  long  HEADER 0          FILE bytes already in it  DELIVERY end of its bytes in the file
 *  32  int   HEADER 0          FILE 0                    DELIVERY CRC32C of its bytes
 *  36  int   length of what follows: FILE the path of the part file in UTF-8, otherwise 0
 * </pre>
 *
 * <p>Threading: immutable.
 */
record JournalRecord(Kind kind, long first, long second, long end, int dataCrc, String path) {

    static final int FIXED_BYTES = 40;
    static final int MAX_PATH_BYTES = 4096;
    static final int MAX_BYTES = FIXED_BYTES + MAX_PATH_BYTES;

    private static final long MAGIC = 0x50_4e_53_54_4a_52_4e_4cL; // PNSTJRNL
    private static final long VERSION = 1;

    /** What a record says. Codes are never reused. */
    enum Kind {
        /** The first record of a generation. */
        HEADER(0),
        /** A file was begun, or goes on in this generation. */
        FILE(1),
        /** A delivery is whole in the file in hand. */
        DELIVERY(2);

        private static final Kind[] BY_CODE = {HEADER, FILE, DELIVERY};

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    static JournalRecord header() {
        return new JournalRecord(Kind.HEADER, MAGIC, VERSION, 0, 0, "");
    }

    static JournalRecord file(long sequence, long openedMs, long end, String path) {
        return new JournalRecord(Kind.FILE, sequence, openedMs, end, 0, path);
    }

    static JournalRecord delivery(DeliveryHash id, long end, int dataCrc) {
        return new JournalRecord(Kind.DELIVERY, id.high(), id.low(), end, dataCrc, "");
    }

    boolean isHeader() {
        return kind == Kind.HEADER && first == MAGIC && second == VERSION;
    }

    DeliveryHash id() {
        return new DeliveryHash(first, second);
    }

    int bytes() {
        return FIXED_BYTES + path.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Writes the record at the buffer's position. */
    void put(ByteBuffer buffer) {
        byte[] pathBytes = path.getBytes(StandardCharsets.UTF_8);
        int start = buffer.position();
        buffer.putInt(0).putInt(kind.code);
        buffer.putLong(first).putLong(second).putLong(end).putInt(dataCrc);
        buffer.putInt(pathBytes.length).put(pathBytes);
        buffer.putInt(start, crc(buffer, start, buffer.position()));
    }

    /** Reads the record at the buffer's position; null, without moving on, when it is not whole. */
    static @Nullable JournalRecord get(ByteBuffer buffer) {
        int start = buffer.position();
        if (buffer.remaining() < FIXED_BYTES) {
            return null;
        }
        int pathBytes = buffer.getInt(start + 36);
        int kind = buffer.getInt(start + 4);
        int rest = buffer.remaining() - FIXED_BYTES;
        if (pathBytes < 0 || pathBytes > rest || kind < 0 || kind >= Kind.BY_CODE.length) {
            return null;
        }
        int end = start + FIXED_BYTES + pathBytes;
        if (buffer.getInt(start) != crc(buffer, start, end)) {
            return null;
        }
        byte[] path = new byte[pathBytes];
        buffer.get(start + FIXED_BYTES, path);
        buffer.position(end);
        return new JournalRecord(
                Kind.BY_CODE[kind],
                buffer.getLong(start + 8),
                buffer.getLong(start + 16),
                buffer.getLong(start + 24),
                buffer.getInt(start + 32),
                new String(path, StandardCharsets.UTF_8));
    }

    private static int crc(ByteBuffer buffer, int start, int end) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(end).position(start + Integer.BYTES));
        return (int) crc.getValue();
    }
}
