package io.penstock.exporter.snappy;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * Undoes blocks of Snappy. Source: Snappy's {@code format_description.txt}: a block begins with its
 * unpacked length as a varint. Threading: any thread.
 */
public final class SnappyInflater {

    /** A reference to bytes before takes at least two bytes and stands for at most 64. */
    private static final int MAX_RATIO = 32;

    private static final int LENGTH_BYTES = 5;
    private static final byte[] NOTHING = new byte[0];

    private SnappyInflater() {}

    /** A block that is over the limit. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        TooLargeException(String message) {
            super(message);
        }
    }

    /**
     * The bytes of a block.
     *
     * @param maxBytes most bytes of them
     * @throws TooLargeException when there are more
     * @throws IOException when it is no block
     */
    public static byte[] inflate(byte[] block, int length, int maxBytes) throws IOException {
        long announced = announced(block, length);
        if (announced > maxBytes) {
            throw new TooLargeException(
                    "snappy data inflates to " + announced + " bytes, the limit is " + maxBytes);
        }
        if (announced > (long) MAX_RATIO * length) {
            throw new IOException("snappy data says more bytes than it can hold");
        }
        if (announced == 0) {
            return NOTHING;
        }
        if (!Snappy.isValidCompressedBuffer(block, 0, length)) {
            throw new IOException("snappy data is corrupt");
        }
        byte[] plain = new byte[(int) announced];
        int made = Snappy.uncompress(block, 0, length, plain, 0);
        if (made != announced) {
            throw new IOException("snappy data holds " + made + " bytes and says " + announced);
        }
        return plain;
    }

    private static long announced(byte[] block, int length) throws IOException {
        long value = 0;
        for (int i = 0; i < Math.min(LENGTH_BYTES, length); i++) {
            value |= (block[i] & 0x7fL) << (7 * i);
            if (block[i] >= 0) {
                return value;
            }
        }
        throw new IOException("snappy data does not begin with a length");
    }
}
