package io.penstock.exporter.record;

import java.util.Arrays;

/**
 * Which names a batch has announced, by their 64-bit hashes: a double is found for certain, and two
 * different names are taken for one in one of 10^12 batches of the largest size, which is then
 * refused.
 *
 * <p>Threading: confined to one thread.
 */
final class NameSet {

    private long[] hashes = new long[32];
    private int size;

    void clear() {
        if (size > 0) {
            Arrays.fill(hashes, 0);
            size = 0;
        }
    }

    /** Adds a hash; false when it was there. */
    boolean add(long hash) {
        if (size * 2 >= hashes.length) {
            long[] old = hashes;
            hashes = new long[old.length * 2];
            for (long each : old) {
                if (each != 0) {
                    place(each);
                }
            }
        }
        // 0 marks a free place
        boolean added = place(hash == 0 ? 1 : hash);
        if (added) {
            size++;
        }
        return added;
    }

    private boolean place(long hash) {
        int mask = hashes.length - 1;
        int at = (int) hash & mask;
        while (hashes[at] != 0) {
            if (hashes[at] == hash) {
                return false;
            }
            at = (at + 1) & mask;
        }
        hashes[at] = hash;
        return true;
    }
}
