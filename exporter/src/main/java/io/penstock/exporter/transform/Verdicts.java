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

    /** The staged number of the record that the sink sees as number {@code delivered}. */
    public int recordOf(int delivered) {
        int record = passing.nextSetBit(0);
        for (int i = 0; i < delivered && record >= 0; i++) {
            record = passing.nextSetBit(record + 1);
        }
        if (record < 0) {
            throw new IndexOutOfBoundsException("record " + delivered + " of " + passing());
        }
        return record;
    }
}
