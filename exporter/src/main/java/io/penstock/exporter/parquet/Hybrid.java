package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;

/**
 * The RLE and bit-packing hybrid of Encodings.md: runs of one value as the value and its count, all
 * else packed in groups of eight.
 *
 * <p>Threading: confined to one thread.
 */
final class Hybrid {

    private static final int GROUP = 8;

    private final WriteBuffer out;
    private final BitPacker packer;

    Hybrid(WriteBuffer out) {
        this.out = out;
        this.packer = new BitPacker(out);
    }

    /** Bits that every number up to {@code most} fits into; at least 1. */
    static int width(int most) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(most));
    }

    /** Writes {@code numbers[from, to)}. */
    void put(int[] numbers, int from, int to, int width) {
        int packedFrom = from;
        int at = from;
        while (at < to) {
            int end = runEnd(numbers, at, to);
            // A packed stretch has whole groups: the run fills the last one first.
            int start = at + (packedFrom - at & GROUP - 1);
            if (end - start >= GROUP) {
                packed(numbers, packedFrom, start, width);
                run(numbers[at], end - start, width);
                packedFrom = end;
            }
            at = end;
        }
        packed(numbers, packedFrom, to, width);
    }

    private static int runEnd(int[] numbers, int from, int to) {
        int number = numbers[from];
        int end = from + 1;
        while (end < to && numbers[end] == number) {
            end++;
        }
        return end;
    }

    private void run(int number, int count, int width) {
        LittleEndian.putVarint(out, (long) count << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            out.put((byte) (number >>> shift));
        }
    }

    private void packed(int[] numbers, int from, int to, int width) {
        if (from == to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        LittleEndian.putVarint(out, (long) groups << 1 | 1);
        packer.putAll(numbers, from, to, width);
        for (int i = to - from; i < groups * GROUP; i++) {
            packer.put(0, width);
        }
        packer.end();
    }
}
