package io.penstock.cluster.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Messages as bytes: {@code format (1), kind (1), body, CRC32C of all before (4)}, big-endian. A
 * node understands its own format and refuses a later one by that name, so that an older and a
 * newer version side by side do not misread each other.
 *
 * <p>Threading: any thread.
 */
public final class MessageCodec {

    /** Largest message. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int FORMAT = 2;
    private static final int FRAME_BYTES = 6;

    private MessageCodec() {}

    /** What bytes turn out to be. */
    public sealed interface Decoded {}

    /**
     * A message.
     *
     * @param message the message
     */
    public record Good(Message message) implements Decoded {}

    /**
     * No message.
     *
     * @param why in a few words
     */
    public record Refused(String why) implements Decoded {}

    /** A new array with the message. */
    public static byte[] encode(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            MessageWriter.write(message, out);
            out.writeInt(crc(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /** Reads a message; whatever the bytes are, the answer is a message or a refusal. */
    public static Decoded decode(byte[] bytes) {
        if (bytes.length < FRAME_BYTES || bytes.length > MAX_BYTES) {
            return new Refused("a message of " + bytes.length + " bytes");
        }
        if (bytes[0] > FORMAT) {
            return new Refused("format " + bytes[0] + ", this node knows " + FORMAT);
        }
        int end = bytes.length - Integer.BYTES;
        if (bytes[0] != FORMAT || ByteBuffer.wrap(bytes).getInt(end) != crc(bytes, end)) {
            return new Refused("not a message, or damaged");
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(bytes, 1, end - 1))) {
            Message message = new MessageReader(in).read();
            return in.available() == 0
                    ? new Good(message)
                    : new Refused(in.available() + " bytes behind the message");
        } catch (IOException | IllegalArgumentException e) {
            return new Refused("not a message: " + e.getMessage());
        }
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
