package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Words;

/**
 * Writes numbers of some bits each one behind another, the least bit first, as Parquet packs them.
 *
 * <p>Threading: confined to one thread.
 */
final class BitPacker {

    private final WriteBuffer out;
    private long word;
    private int filled;

    BitPacker(WriteBuffer out) {
        this.out = out;
    }

    /** Writes a number of which only the lowest {@code width} bits, 1 to 64, may be set. */
    void put(long value, int width) {
        word |= value << filled;
        filled += width;
        if (filled >= Long.SIZE) {
            LittleEndian.putLong(out, word);
            filled -= Long.SIZE;
            word = filled == 0 ? 0 : value >>> (width - filled);
        }
    }

    /** Writes {@code ints[from, to)}. */
    void putAll(int[] ints, int from, int to, int width) {
        int at = out.extend((int) (((long) (to - from) * width + filled) / Long.SIZE) * Long.BYTES);
        byte[] bytes = out.array();
        long hand = word;
        int bits = filled;
        for (int i = from; i < to; i++) {
            long value = ints[i];
            hand |= value << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                Words.set(bytes, at, hand);
                at += Long.BYTES;
                bits -= Long.SIZE;
                hand = bits == 0 ? 0 : value >>> (width - bits);
            }
        }
        word = hand;
        filled = bits;
    }

    /** Writes the bits that do not fill a word, up to a whole byte, and begins anew. */
    void end() {
        while (filled > 0) {
            out.put((byte) word);
            word >>>= Byte.SIZE;
            filled -= Byte.SIZE;
        }
        word = 0;
        filled = 0;
    }
}
