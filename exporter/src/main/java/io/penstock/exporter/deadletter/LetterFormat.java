package io.penstock.exporter.deadletter;

import io.penstock.exporter.record.Encoding;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one letter in a file. All numbers are big-endian.
 *
 * <pre>
 *   int   length of what follows the checksum
 *   int   CRC32C of the same
 *   long  deadMs, arrivedMs, epoch, first, end, position
 *   int   fromRecord, toRecord, records
 *   byte  encoding
 *   text  repo, export, reason      (short length, UTF-8)
 *   ...   body, to the end
 * </pre>
 */
final class LetterFormat {
    /** Length and checksum. */
    static final int PREFIX_BYTES = 8;

    /** A reason is for people; a target's whole error page is not. */
    static final int MAX_REASON_BYTES = 1024;

    private static final int FIXED_BYTES = 6 * 8 + 3 * 4 + 1 + 3 * 2;

    private LetterFormat() {}

    /** Bytes that {@link #write} makes. */
    static long bytes(DeadLetter letter) {
        return (long) PREFIX_BYTES
                + FIXED_BYTES
                + utf8(letter.delivery().repo().value()).length
                + utf8(letter.delivery().export()).length
                + utf8(letter.reason()).length
                + letter.content().body().length;
    }

    static ByteBuffer write(DeadLetter letter) {
        DeliveryId id = letter.delivery();
        byte[] repo = utf8(id.repo().value());
        byte[] export = utf8(id.export());
        byte[] reason = utf8(letter.reason());
        byte[] body = letter.content().body();
        int length = FIXED_BYTES + repo.length + export.length + reason.length + body.length;
        ByteBuffer out = ByteBuffer.allocate(PREFIX_BYTES + length);
        out.position(PREFIX_BYTES);
        out.putLong(letter.deadMs()).putLong(letter.arrivedMs());
        out.putLong(id.epoch()).putLong(id.first()).putLong(id.end()).putLong(letter.position());
        out.putInt(id.fromRecord()).putInt(id.toRecord()).putInt(letter.records());
        out.put(letter.content().encoding().code());
        text(out, repo);
        text(out, export);
        text(out, reason);
        out.put(body);
        out.putInt(0, length);
        out.putInt(4, checksum(out.array(), PREFIX_BYTES, length));
        return out.flip();
    }

    /** Reads what follows the prefix; null when it is not what the prefix promised. */
    static @Nullable DeadLetter read(byte[] bytes, int checksum) {
        if (checksum(bytes, 0, bytes.length) != checksum) {
            return null;
        }
        try {
            return parse(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // A letter of a newer version, or written by somebody else: whole, but not readable.
            return null;
        }
    }

    private static DeadLetter parse(ByteBuffer in) {
        long deadMs = in.getLong();
        long arrivedMs = in.getLong();
        long epoch = in.getLong();
        long first = in.getLong();
        long end = in.getLong();
        long position = in.getLong();
        int from = in.getInt();
        int to = in.getInt();
        int records = in.getInt();
        Encoding encoding = Encoding.ofCode(in.get());
        RepoName repo = new RepoName(text(in));
        String export = text(in);
        String reason = text(in);
        byte[] body = new byte[in.remaining()];
        in.get(body);
        return new DeadLetter(
                new DeliveryId(repo, export, epoch, first, end, from, to),
                position,
                arrivedMs,
                deadMs,
                reason,
                records,
                new DeadLetter.Content(encoding, body));
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static void text(ByteBuffer out, byte[] utf8) {
        out.putShort((short) utf8.length).put(utf8);
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[in.getShort() & 0xFFFF];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= MAX_REASON_BYTES ? utf8 : cut(text);
    }

    /** Cuts between characters, never inside one. */
    private static byte[] cut(String text) {
        int chars = Math.min(text.length(), MAX_REASON_BYTES / 3);
        if (Character.isHighSurrogate(text.charAt(chars - 1))) {
            chars--;
        }
        return text.substring(0, chars).getBytes(StandardCharsets.UTF_8);
    }
}
