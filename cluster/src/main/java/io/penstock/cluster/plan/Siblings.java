package io.penstock.cluster.plan;

import java.util.Arrays;

/**
 * How many tasks of each export run on each node: an open-addressing table from (export, node) to a
 * count. A pair whose count falls to 0 keeps its place, so that no chain is cut; the table grows
 * when three quarters of it are taken.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Siblings {
    private static final long FREE = -1;

    private long[] keys;
    private int[] counts;
    private int taken;

    /** Room for so many pairs before it grows. */
    Siblings(int pairs) {
        int slots = Integer.highestOneBit(Math.max(8, pairs)) * 4;
        keys = free(slots);
        counts = new int[slots];
    }

    int count(int export, int node) {
        int slot = slot(key(export, node));
        return keys[slot] == FREE ? 0 : counts[slot];
    }

    void add(int export, int node, int more) {
        long key = key(export, node);
        int slot = slot(key);
        if (keys[slot] == FREE) {
            if ((taken + 1) * 4L > keys.length * 3L) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            taken++;
        }
        counts[slot] += more;
    }

    private static long[] free(int slots) {
        long[] keys = new long[slots];
        Arrays.fill(keys, FREE);
        return keys;
    }

    private static long key(int export, int node) {
        return ((long) export << 32) | node;
    }

    private int slot(long key) {
        // the multiplier of Fibonacci hashing, 2^64 over the golden ratio (Knuth, TAOCP 3, 6.4)
        long mixed = key * 0x9E3779B97F4A7C15L;
        int mask = keys.length - 1;
        int slot = (int) (mixed >>> 32) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = free(oldKeys.length * 2);
        counts = new int[keys.length];
        taken = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE && oldCounts[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
                taken++;
            }
        }
    }
}
