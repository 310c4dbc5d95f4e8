package io.penstock.exporter.transform;

import io.penstock.exporter.text.Words;
import io.penstock.model.Setting;
import java.util.List;

/**
 * Keys {@code exports[].transforms[].sample.*}: a share of the records, told by a hash, so that the
 * same records are chosen in every attempt.
 *
 * <p>Threading: immutable.
 *
 * @param fraction share of the records that pass
 * @param by field whose values are drawn, or empty for the records themselves
 */
public record SampleRule(
        @Setting(
                        value = "0",
                        doc =
                                "Share of the records that pass, above 0 and up to 1. The choice is a"
                                        + " function of the record.")
                double fraction,
        @Setting(
                        value = "''",
                        doc =
                                "Field whose values are drawn instead, so that all records of one value"
                                        + " pass, or none. A record without it is drawn by itself.")
                String by) {

    private static final double TO_UNIT = 0x1p-53;

    // Never changed: with others, other records would be chosen.
    private static final long TEXT_SEED = 2;
    private static final long NUMBER_SEED = 3;

    /** Checks ranges. */
    public SampleRule {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "fraction must lie above 0 and up to 1, not " + fraction);
        }
        if (!by.isEmpty()) {
            if (fraction == 0) {
                throw new IllegalArgumentException("fraction must be above 0");
            }
            FieldNames.check("by", List.of(by));
        }
    }

    boolean isStated() {
        return fraction > 0;
    }

    /**
     * A compiled step.
     *
     * @param number of the step, so that two samples of an export draw independently
     */
    Step compile(Slots slots, int number) {
        int slot = by.isEmpty() ? Row.NOWHERE : slots.pin(by);
        return row -> {
            boolean named = slot != Row.NOWHERE && row.isPresent(slot);
            long hash = mix((named ? value(row, slot) : whole(row)) + number);
            return (hash >>> 11) * TO_UNIT < fraction ? Verdict.PASS : Verdict.DROP;
        };
    }

    private static long whole(Row row) {
        long hash = mix(row.time());
        for (int i = 0; i < row.placed(); i++) {
            int slot = row.placedSlot(i);
            if (row.isPresent(slot)) {
                hash = mix(hash + value(row, slot));
            }
        }
        return hash;
    }

    private static long value(Row row, int slot) {
        return row.isText(slot)
                ? mix(Words.hash(row.bytes(), row.start(slot), row.length(slot)) + TEXT_SEED)
                : mix(row.bits(slot) + NUMBER_SEED);
    }

    /** Mixes all bits: variant 13 of Stafford's finalizers for 64 bits. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
