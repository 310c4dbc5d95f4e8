package io.penstock.cluster.assignment;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes with the two forms that a table is made of: numbers in base 128, seven
 * bits a byte, lowest first, the eighth set on all but the last; and names as their length and
 * their UTF-8.
 *
 * <p>Threading: confined to one thread.
 */
final class ByteWriter {

    private byte[] bytes;
    private int length;

    /** Starts behind {@code reserved} zeros. */
    ByteWriter(int reserved, int expected) {
        bytes = new byte[reserved + expected];
        length = reserved;
    }

    void number(long value) {
        ensure(ByteReader.MAX_NUMBER_BYTES);
        long rest = value;
        while (rest >= 0x80) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void name(String name) {
        text(name, TableCodec.MAX_NAME_BYTES, "a name");
    }

    /** Text of at most so many bytes. */
    void text(String text, int mostBytes, String what) {
        ByteBuffer utf8 = utf8(text, what);
        if (utf8.remaining() > mostBytes) {
            throw new IllegalArgumentException(
                    "%s of %d bytes, the limit is %d".formatted(what, utf8.remaining(), mostBytes));
        }
        number(utf8.remaining());
        ensure(utf8.remaining());
        int count = utf8.remaining();
        utf8.get(bytes, length, count);
        length += count;
    }

    private static ByteBuffer utf8(String text, String what) {
        try {
            // an encoder of its own reports half a surrogate pair, where getBytes would write '?'
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " that is no Unicode text", e);
        }
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
        }
    }

    /** What was written, with the reserved bytes before it. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
