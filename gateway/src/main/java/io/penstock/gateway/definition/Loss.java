package io.penstock.gateway.definition;

/**
 * What is given up with an export.
 *
 * @param records not delivered
 * @param bytes of the ring that nobody else may need
 * @param deadLetterRecords records of dead letters that nobody decided about
 */
public record Loss(long records, long bytes, long deadLetterRecords) {
    static final Loss NOTHING = new Loss(0, 0, 0);

    /** Bytes alone are the ring's own: heads, padding. */
    boolean isNothing() {
        return records == 0 && deadLetterRecords == 0;
    }
}
