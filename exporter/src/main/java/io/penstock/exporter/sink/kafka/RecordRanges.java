package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.sink.Delivery;
import java.util.BitSet;

/**
 * Which records of a run are delivered, counted from its first, as ranges in order that do not
 * touch.
 *
 * <p>Threading: immutable.
 */
final class RecordRanges {
    static final RecordRanges NONE = new RecordRanges(new BitSet());

    private static final int HEX = 16;

    private final BitSet records;

    private RecordRanges(BitSet records) {
        this.records = records;
    }

    boolean contains(int record) {
        return records.get(record);
    }

    /** The first record at or behind {@code from} that is delivered, or {@code to}. */
    int nextDelivered(int from, int to) {
        int next = records.nextSetBit(from);
        return next < 0 || next > to ? to : next;
    }

    /** The first record at or behind {@code from} that is not delivered, or {@code to}. */
    int nextMissing(int from, int to) {
        return Math.min(to, records.nextClearBit(from));
    }

    /**
     * The same of the records that a delivery holds, numbered as if nothing was left out of it:
     * from its id's first record on.
     */
    RecordRanges seenIn(Delivery delivery) {
        int from = delivery.id().fromRecord();
        BitSet seen = new BitSet();
        for (int i = 0; i < delivery.records(); i++) {
            seen.set(from + i, records.get(delivery.recordNumber(i)));
        }
        return new RecordRanges(seen);
    }

    RecordRanges with(BitSet more) {
        BitSet all = (BitSet) records.clone();
        all.or(more);
        return new RecordRanges(all);
    }

    /** {@code from-to,from-to}, the ends exclusive, in hexadecimal. */
    void appendTo(StringBuilder text) {
        String comma = "";
        for (int from = records.nextSetBit(0); from >= 0; ) {
            int to = records.nextClearBit(from);
            text.append(comma).append(Integer.toHexString(from));
            text.append('-').append(Integer.toHexString(to));
            comma = ",";
            from = records.nextSetBit(to);
        }
    }

    /**
     * The way back.
     *
     * @throws IllegalArgumentException for any other text
     */
    static RecordRanges parse(String text) {
        BitSet records = new BitSet();
        for (String range : text.split(",", -1)) {
            String[] ends = range.split("-", -1);
            if (ends.length != 2) {
                throw new IllegalArgumentException("not a range: " + range);
            }
            int from = Integer.parseInt(ends[0], HEX);
            int to = Integer.parseInt(ends[1], HEX);
            if (from < 0 || from >= to) {
                throw new IllegalArgumentException("not a range: " + range);
            }
            records.set(from, to);
        }
        return new RecordRanges(records);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        appendTo(text);
        return text.toString();
    }
}
