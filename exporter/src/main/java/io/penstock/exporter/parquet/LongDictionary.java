package io.penstock.exporter.parquet;

import java.util.Arrays;

/**
 * Numbers for 64-bit values, in the order in which they were first seen.
 *
 * <p>Threading: confined to one thread.
 */
final class LongDictionary {

    private long[] entries = new long[16];
    // Open addressing, at most half full: number + 1, 0 for none.
    private int[] table = new int[32];
    private int size;
    private int last;

    /** The number of a value, which is added when it is new. */
    int add(long value) {
        if (last < size && entries[last] == value) {
            return last;
        }
        int at = slot(value);
        if (table[at] == 0) {
            insert(at, value);
        } else {
            last = table[at] - 1;
        }
        return last;
    }

    private int slot(long value) {
        int mask = table.length - 1;
        long mixed = value * 0x9E37_79B9_7F4A_7C15L;
        int at = (int) (mixed >>> 32) & mask;
        while (table[at] != 0 && entries[table[at] - 1] != value) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void insert(int at, long value) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        table[at] = size + 1;
        entries[size] = value;
        last = size++;
        if (size > table.length / 2) {
            table = new int[table.length * 2];
            for (int i = 0; i < size; i++) {
                table[slot(entries[i])] = i + 1;
            }
        }
    }

    int size() {
        return size;
    }

    long entry(int number) {
        return entries[number];
    }

    /** Bytes in memory. */
    long bufferedBytes() {
        return 16L * size;
    }

    void reset() {
        if (size > 0) {
            Arrays.fill(table, 0);
        }
        size = 0;
        last = 0;
    }
}
