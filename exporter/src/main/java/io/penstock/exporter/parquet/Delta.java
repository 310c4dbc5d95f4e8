package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;

/**
 * DELTA_BINARY_PACKED of Encodings.md: differences, less the least of their block, packed with the
 * bits that the largest of their miniblock needs.
 *
 * <p>Threading: confined to one thread.
 */
final class Delta {

    private static final int BLOCK = 128;
    private static final int MINIBLOCKS = 4;
    private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

    private final WriteBuffer out;
    private final BitPacker packer;
    private final long[] deltas = new long[BLOCK];

    Delta(WriteBuffer out) {
        this.out = out;
        this.packer = new BitPacker(out);
    }

    /** Writes {@code values[from, to)}. */
    void put(long[] values, int from, int to) {
        LittleEndian.putVarint(out, BLOCK);
        LittleEndian.putVarint(out, MINIBLOCKS);
        LittleEndian.putVarint(out, to - from);
        putZigzag(from < to ? values[from] : 0);
        for (int at = from + 1; at < to; at += BLOCK) {
            block(values, at, Math.min(BLOCK, to - at));
        }
    }

    private void putZigzag(long value) {
        LittleEndian.putVarint(out, value << 1 ^ value >> 63);
    }

    private void block(long[] values, int from, int count) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            deltas[i] = values[from + i] - values[from + i - 1];
            least = Math.min(least, deltas[i]);
        }
        putZigzag(least);
        int widthsAt = out.extend(MINIBLOCKS);
        for (int mini = 0; mini < MINIBLOCKS; mini++) {
            int start = mini * MINIBLOCK;
            int end = Math.min(count, start + MINIBLOCK);
            int width = start < end ? miniblock(start, end, least) : 0;
            out.array()[widthsAt + mini] = (byte) width;
        }
    }

    /** Writes one; the bits of its numbers. */
    private int miniblock(int start, int end, long least) {
        long all = 0;
        for (int i = start; i < end; i++) {
            deltas[i] -= least;
            all |= deltas[i];
        }
        int width = Long.SIZE - Long.numberOfLeadingZeros(all);
        if (width > 0) {
            for (int i = start; i < start + MINIBLOCK; i++) {
                packer.put(i < end ? deltas[i] : 0, width);
            }
            packer.end();
        }
        return width;
    }
}
