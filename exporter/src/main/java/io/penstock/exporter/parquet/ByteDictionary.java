package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Words;
import java.util.Arrays;

/**
 * Numbers for byte strings, in the order in which they were first seen. The strings lie as a
 * dictionary page has them: length, bytes.
 *
 * <p>Threading: confined to one thread.
 */
final class ByteDictionary {

    private final WriteBuffer entries = new WriteBuffer(64);
    private int[] starts = new int[16];
    private int[] hashes = new int[16];
    // Open addressing, at most half full: number + 1, 0 for none.
    private int[] table = new int[32];
    private int size;
    private int last;

    /** The number of a string, which is added when it is new. */
    int add(byte[] bytes, int offset, int length) {
        if (last < size && is(last, bytes, offset, length)) {
            return last;
        }
        int hash = (int) Words.hash(bytes, offset, length);
        int mask = table.length - 1;
        int at = hash & mask;
        while (table[at] != 0) {
            int number = table[at] - 1;
            if (hashes[number] == hash && is(number, bytes, offset, length)) {
                last = number;
                return number;
            }
            at = (at + 1) & mask;
        }
        table[at] = size + 1;
        return insert(hash, bytes, offset, length);
    }

    private boolean is(int number, byte[] bytes, int offset, int length) {
        return length(number) == length
                && Words.equal(entries.array(), starts[number], bytes, offset, length);
    }

    private int insert(int hash, byte[] bytes, int offset, int length) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        LittleEndian.putInt(entries, length);
        starts[size] = entries.length();
        hashes[size] = hash;
        entries.put(bytes, offset, length);
        last = size++;
        if (size > table.length / 2) {
            table = new int[table.length * 2];
            for (int i = 0; i < size; i++) {
                place(i);
            }
        }
        return last;
    }

    private void place(int number) {
        int mask = table.length - 1;
        int at = hashes[number] & mask;
        while (table[at] != 0) {
            at = (at + 1) & mask;
        }
        table[at] = number + 1;
    }

    int size() {
        return size;
    }

    /** The page. */
    WriteBuffer entries() {
        return entries;
    }

    int start(int number) {
        return starts[number];
    }

    int length(int number) {
        int end = number + 1 < size ? starts[number + 1] - Integer.BYTES : entries.length();
        return end - starts[number];
    }

    /** Bytes in memory. */
    long bufferedBytes() {
        return entries.length() + 16L * size;
    }

    void reset() {
        entries.clear(Column.KEEP_BYTES);
        if (size > 0) {
            Arrays.fill(table, 0);
        }
        size = 0;
        last = 0;
    }
}
