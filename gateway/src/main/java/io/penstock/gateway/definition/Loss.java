package io.penstock.gateway.definition;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is given up with an export.
 *
 * @param records not delivered
 * @param bytes of the ring that nobody else may need
 * @param deadLetterRecords records of dead letters that nobody decided about
 * @param unheard nodes that should have been asked and did not answer
 */
public record Loss(long records, long bytes, long deadLetterRecords, SortedSet<String> unheard) {
    /** Nothing, and everybody was asked. */
    public static final Loss NOTHING = new Loss(0, 0, 0);

    /** Keeps a copy. */
    public Loss {
        unheard = Collections.unmodifiableSortedSet(new TreeSet<>(unheard));
    }

    Loss(long records, long bytes, long deadLetterRecords) {
        this(records, bytes, deadLetterRecords, new TreeSet<>());
    }

    /** Bytes alone are the ring's own: heads, padding. */
    boolean isNothing() {
        return records == 0 && deadLetterRecords == 0 && unheard.isEmpty();
    }

    /** Both together. */
    Loss plus(Loss other) {
        Set<String> all = new TreeSet<>(unheard);
        all.addAll(other.unheard);
        return new Loss(
                records + other.records,
                bytes + other.bytes,
                deadLetterRecords + other.deadLetterRecords,
                new TreeSet<>(all));
    }
}
