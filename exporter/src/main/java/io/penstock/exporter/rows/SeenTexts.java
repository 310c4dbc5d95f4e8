package io.penstock.exporter.rows;

import io.penstock.exporter.text.Words;
import java.util.Arrays;

/**
 * Which texts stand in the rows of a frame, so that one that comes again need not be written again.
 * Texts are numbered as they are written. Remembers the last text of each slot: most that come
 * again do so soon, and forgetting one costs its bytes only.
 *
 * <p>Threading: confined to one thread.
 */
final class SeenTexts {

    static final int NOT_THERE = -1;

    /** Shortest text that has a number; the words of {@link #slot} lie inside of it. */
    static final int MIN_BYTES = Long.BYTES;

    private static final int FIRST_SLOTS = 64;
    private static final int MAX_SLOTS = 4096;
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final long NONE = -1;

    // At a slot: field and length of its text, where the text begins in the rows, and its number.
    private long[] keys = new long[FIRST_SLOTS];
    private int[] starts = new int[FIRST_SLOTS];
    private int[] numbers = new int[FIRST_SLOTS];
    private int count;

    SeenTexts() {
        clear();
    }

    void clear() {
        Arrays.fill(keys, NONE);
        count = 0;
    }

    private static long key(int field, int size) {
        return (long) field << Integer.SIZE | size;
    }

    /** The slot of a text: after its field and length, first, middle and last word. */
    int slot(int field, byte[] bytes, int offset, int size) {
        long first = Words.get(bytes, offset);
        long middle = Words.get(bytes, offset + (size >>> 1) - Integer.BYTES);
        long last = Words.get(bytes, offset + size - Long.BYTES);
        long mixed = ((first * ODD ^ middle) * ODD ^ last) * ODD + key(field, size) * ODD;
        return (int) (mixed >>> Integer.SIZE) & (keys.length - 1);
    }

    /** The number of an equal text of the same field in {@code rows}, or {@link #NOT_THERE}. */
    int find(int slot, int field, byte[] rows, byte[] bytes, int offset, int size) {
        boolean same =
                keys[slot] == key(field, size)
                        && Words.equal(rows, starts[slot], bytes, offset, size);
        return same ? numbers[slot] : NOT_THERE;
    }

    /** A text is written: it has the next number. */
    void put(int slot, int field, int start, int size) {
        keys[slot] = key(field, size);
        starts[slot] = start;
        numbers[slot] = count++;
        if (count > keys.length && keys.length < MAX_SLOTS) {
            grow();
        }
    }

    /** Goes on with more slots, all empty: frames of many texts are rare, and the next has them. */
    private void grow() {
        int slots = keys.length * 2;
        keys = new long[slots];
        starts = new int[slots];
        numbers = new int[slots];
        Arrays.fill(keys, NONE);
    }
}
