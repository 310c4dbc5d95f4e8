package io.penstock.exporter.sink.journal;

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
 *  36  int   length of what follows: a text in UTF-8; FILE the path of the part file
 * </pre>
 *
 * The other kinds are for sinks that keep several files; they say what the numbers and the text
 * mean to them.
 *
 * <p>Threading: immutable.
 *
 * @param kind what the record says
 * @param first the number at 8
 * @param second the number at 16
 * @param end the number at 24
 * @param dataCrc the number at 32
 * @param text at 40
 */
public record JournalRecord(
        Kind kind, long first, long second, long end, int dataCrc, String text) {

    /** Length of a record without text. */
    public static final int FIXED_BYTES = 40;

    private static final long MAGIC = 0x50_4e_53_54_4a_52_4e_4cL; // PNSTJRNL
    private static final long VERSION = 1;

    /** What a record says. Codes are never reused. */
    public enum Kind {
        /** The first record of a generation. */
        HEADER(0),
        /** A file was begun, or goes on in this generation. */
        FILE(1),
        /** A delivery is whole in the file in hand. */
        DELIVERY(2),
        /** A piece of the delivery whose record follows is in one of several files. */
        PIECE(3),
        /** Nothing more goes to a file; it is to be published. */
        SEALED(4),
        /** A file was published and is not needed any more. */
        GONE(5),
        /** A period is to be marked as complete once it is. */
        OWED(6),
        /** A period was marked. */
        MARKED(7);

        private static final Kind[] BY_CODE = {
            HEADER, FILE, DELIVERY, PIECE, SEALED, GONE, OWED, MARKED
        };

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** The first record of a generation. */
    static JournalRecord header() {
        return new JournalRecord(Kind.HEADER, MAGIC, VERSION, 0, 0, "");
    }

    /** A file was begun, or goes on. */
    public static JournalRecord file(long sequence, long openedMs, long end, String path) {
        return new JournalRecord(Kind.FILE, sequence, openedMs, end, 0, path);
    }

    /** A delivery is whole. */
    public static JournalRecord delivery(DeliveryHash id, long end, int dataCrc) {
        return new JournalRecord(Kind.DELIVERY, id.high(), id.low(), end, dataCrc, "");
    }

    /** A delivery is whole, and there is something to remember of it. */
    public static JournalRecord delivery(DeliveryHash id, String text) {
        return new JournalRecord(Kind.DELIVERY, id.high(), id.low(), 0, 0, text);
    }

    /** A record that has but a number and a text. */
    public static JournalRecord of(Kind kind, long number, String text) {
        return new JournalRecord(kind, number, 0, 0, 0, text);
    }

    boolean isHeader() {
        return kind == Kind.HEADER && first == MAGIC && second == VERSION;
    }

    /** The delivery of a {@link Kind#DELIVERY}. */
    public DeliveryHash id() {
        return new DeliveryHash(first, second);
    }

    int bytes() {
        return FIXED_BYTES + text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Writes the record at the buffer's position. */
    void put(ByteBuffer buffer) {
        byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        int start = buffer.position();
        buffer.putInt(0).putInt(kind.code);
        buffer.putLong(first).putLong(second).putLong(end).putInt(dataCrc);
        buffer.putInt(textBytes.length).put(textBytes);
        buffer.putInt(start, crc(buffer, start, buffer.position()));
    }

    /** Reads the record at the buffer's position; null, without moving on, when it is not whole. */
    static @Nullable JournalRecord get(ByteBuffer buffer) {
        int start = buffer.position();
        if (buffer.remaining() < FIXED_BYTES) {
            return null;
        }
        int textBytes = buffer.getInt(start + 36);
        int kind = buffer.getInt(start + 4);
        int rest = buffer.remaining() - FIXED_BYTES;
        if (textBytes < 0 || textBytes > rest || kind < 0 || kind >= Kind.BY_CODE.length) {
            return null;
        }
        int end = start + FIXED_BYTES + textBytes;
        if (buffer.getInt(start) != crc(buffer, start, end)) {
            return null;
        }
        byte[] text = new byte[textBytes];
        buffer.get(start + FIXED_BYTES, text);
        buffer.position(end);
        return new JournalRecord(
                Kind.BY_CODE[kind],
                buffer.getLong(start + 8),
                buffer.getLong(start + 16),
                buffer.getLong(start + 24),
                buffer.getInt(start + 32),
                new String(text, StandardCharsets.UTF_8));
    }

    private static int crc(ByteBuffer buffer, int start, int end) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(end).position(start + Integer.BYTES));
        return (int) crc.getValue();
    }
}
