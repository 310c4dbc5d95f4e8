package io.penstock.cluster.assignment;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} writes, and nothing else: every other form is an {@link
 * IllegalArgumentException} that says what and where.
 *
 * <p>Threading: confined to one thread.
 */
final class ByteReader {

    /** A number has 63 bits. */
    static final int MAX_NUMBER_BYTES = 9;

    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
    }

    long number() {
        long value = 0;
        for (int i = 0; i < MAX_NUMBER_BYTES; i++) {
            if (at >= bytes.length) {
                throw fault("ends within a number");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                if (next == 0 && i > 0) {
                    throw fault("a number with zeros before it");
                }
                return value;
            }
        }
        throw fault("a number of more than 63 bits");
    }

    /** A number that is no larger than {@code most}. */
    int number(int most, String what) {
        long value = number();
        if (value > most) {
            throw fault("%d %s, at most %d are possible".formatted(value, what, most));
        }
        return (int) value;
    }

    /** A name; empty ones are names too. */
    String name() {
        return text(TableCodec.MAX_NAME_BYTES, "a name");
    }

    /** Text of at most so many bytes. */
    String text(int mostBytes, String what) {
        int count = number(mostBytes, "bytes of " + what);
        if (count > remaining()) {
            throw fault("ends within " + what);
        }
        ByteBuffer utf8 = ByteBuffer.wrap(bytes, at, count);
        at += count;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " that is not UTF-8 before byte " + at, e);
        }
    }

    int remaining() {
        return bytes.length - at;
    }

    IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(what + " before byte " + at);
    }
}
