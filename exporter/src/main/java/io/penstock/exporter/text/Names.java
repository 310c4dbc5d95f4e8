package io.penstock.exporter.text;

import java.util.Arrays;

/**
 * Numbers for names, in the order in which they were first seen. Bets that names come in the order
 * of the last record, so that most are found by one comparison.
 *
 * <p>Threading: confined to one thread.
 */
public final class Names {

    /** Answer for a name that has no number. */
    public static final int NOT_THERE = -1;

    // All names, one behind another.
    private byte[] names = new byte[512];
    private int[] ends = new int[32];
    private int[] table = new int[64];
    private int size;
    private int bet;

    /** Forgets all names. */
    public void clear() {
        if (size > 0) {
            Arrays.fill(table, 0);
        }
        size = 0;
        bet = 0;
    }

    /** How many names there are; also the next number. */
    public int size() {
        return size;
    }

    /** The number of a name, or {@link #NOT_THERE}. */
    public int find(byte[] bytes, int start, int length) {
        int number = bet < size && is(bet, bytes, start, length) ? bet : look(bytes, start, length);
        bet = number + 1 < size ? number + 1 : 0;
        return number;
    }

    private int look(byte[] bytes, int start, int length) {
        int mask = table.length - 1;
        int at = (int) Words.hash(bytes, start, length) & mask;
        while (table[at] != 0) {
            if (is(table[at] - 1, bytes, start, length)) {
                return table[at] - 1;
            }
            at = (at + 1) & mask;
        }
        return NOT_THERE;
    }

    private boolean is(int number, byte[] bytes, int start, int length) {
        int from = start(number);
        return ends[number] - from == length && Words.equal(names, from, bytes, start, length);
    }

    /** The array in which all names lie; valid until the next {@link #add}. */
    public byte[] array() {
        return names;
    }

    /** Index of a name's first byte in {@link #array}. */
    public int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    /** Length of a name in bytes. */
    public int length(int number) {
        return ends[number] - start(number);
    }

    /** Adds a name that is not there; its number. */
    public int add(byte[] bytes, int start, int length) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            table = new int[table.length * 2];
            for (int i = 0; i < size; i++) {
                place(i);
            }
        }
        int from = start(size);
        if (names.length - from < length) {
            names = Arrays.copyOf(names, Math.max(names.length * 2, from + length));
        }
        System.arraycopy(bytes, start, names, from, length);
        ends[size] = from + length;
        place(size);
        bet = 0;
        return size++;
    }

    private void place(int number) {
        int mask = table.length - 1;
        int from = start(number);
        int at = (int) Words.hash(names, from, ends[number] - from) & mask;
        while (table[at] != 0) {
            at = (at + 1) & mask;
        }
        table[at] = number + 1;
    }
}
