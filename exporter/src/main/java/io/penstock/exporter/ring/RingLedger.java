package io.penstock.exporter.ring;

/**
 * One export's account of a ring's records. What is staged and parked is counted by walking the
 * entries, not derived from the other numbers, so that {@link #residue} is a check and not a
 * tautology.
 *
 * @param export name of the export
 * @param accepted records appended up to where the walk ended, since the ring was made
 * @param base records of those that the export does not owe: before its start
 * @param delivered records delivered
 * @param deadLettered records dead-lettered
 * @param dropped records dropped by rule, and those in damaged entries
 * @param staged records not settled, within the memory share
 * @param parked records not settled, further back than the memory share
 */
public record RingLedger(
        String export,
        long accepted,
        long base,
        long delivered,
        long deadLettered,
        long dropped,
        long staged,
        long parked) {

    /** What does not add up; 0 is right. */
    public long residue() {
        return accepted - base - delivered - deadLettered - dropped - staged - parked;
    }
}
