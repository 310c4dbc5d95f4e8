package io.penstock.exporter.transform;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records of a delivery, numbered from 0 as they are staged.
 *
 * <p>Threading: confined to one thread.
 */
public final class Verdicts {

    private final BitSet passing = new BitSet();
    private final TreeMap<Integer, String> faulty = new TreeMap<>();
    private int records;

    // Where the last question for one number ended: they come in order.
    private int lastSeen = -1;
    private int lastStaged = -1;

    void note(Verdict verdict, String fault) {
        switch (verdict) {
            case PASS -> passing.set(records);
            case DEAD_LETTER -> faulty.put(records, fault);
            case DROP -> {
                // counted by being in neither
            }
        }
        records++;
    }

    /** Records judged. */
    public int records() {
        return records;
    }

    /** Records that pass. */
    public int passing() {
        return passing.cardinality();
    }

    /** Records that are dropped by rule. */
    public int dropped() {
        return records - passing() - faulty.size();
    }

    /** Records that become dead letters because they cannot be parsed, with the reason. */
    public Map<Integer, String> faulty() {
        return faulty;
    }

    /** The staged number of the record that the sink sees under the number {@code seen}. */
    public int staged(int seen) {
        if (seen < lastSeen) {
            lastSeen = -1;
            lastStaged = -1;
        }
        while (lastSeen < seen) {
            lastSeen++;
            lastStaged = passing.nextSetBit(lastStaged + 1);
        }
        return lastStaged;
    }

    /** The staged numbers of the records that the sink sees under the numbers {@code seen}. */
    public BitSet staged(BitSet seen) {
        BitSet staged = new BitSet();
        int number = 0;
        for (int r = passing.nextSetBit(0); r >= 0; r = passing.nextSetBit(r + 1)) {
            staged.set(r, seen.get(number++));
        }
        return staged;
    }
}
