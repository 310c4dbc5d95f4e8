package io.penstock.exporter.sink.journal;

/**
 * A set of delivery hashes that only grows: open addressing, two longs per slot, at most half full.
 *
 * <p>Threading: confined to one thread.
 */
final class IdSet {

    private static final int FIRST_SLOTS = 64;

    // Slot i lies at 2i and 2i+1; both zero is an empty slot, so the hash zero stands beside the
    // table.
    private long[] table = new long[2 * FIRST_SLOTS];
    private boolean zero;
    private int size;

    int size() {
        return zero ? size + 1 : size;
    }

    void add(DeliveryHash id) {
        if (isZero(id)) {
            zero = true;
        } else if (insert(id.high(), id.low()) && ++size > table.length / 4) {
            grow();
        }
    }

    boolean contains(DeliveryHash id) {
        return isZero(id) ? zero : isAt(slot(id.high(), id.low()), id.high(), id.low());
    }

    private static boolean isZero(DeliveryHash id) {
        return id.high() == 0 && id.low() == 0;
    }

    private boolean insert(long high, long low) {
        int at = slot(high, low);
        boolean missing = isAt(at, 0, 0);
        table[at] = high;
        table[at + 1] = low;
        return missing;
    }

    /** Where the hash stands, or the empty slot where it would. */
    private int slot(long high, long low) {
        int mask = table.length - 1;
        int at = ((int) low << 1) & mask;
        while (!isAt(at, high, low) && !isAt(at, 0, 0)) {
            at = (at + 2) & mask;
        }
        return at;
    }

    private boolean isAt(int at, long high, long low) {
        return table[at] == high && table[at + 1] == low;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (int at = 0; at < old.length; at += 2) {
            if (old[at] != 0 || old[at + 1] != 0) {
                insert(old[at], old[at + 1]);
            }
        }
    }
}
