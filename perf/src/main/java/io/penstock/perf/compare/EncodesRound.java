package io.penstock.perf.compare;

/**
 * Ingest with and without encodes that want to run.
 *
 * @param alonePerS records acknowledged per second without
 * @param amongPerS with
 * @param encodesBefore encodes that were running or waiting when the load with them began
 * @param encodesAfter and when it ended; when none are left the number says less
 */
public record EncodesRound(
        double alonePerS, double amongPerS, int encodesBefore, int encodesAfter) {

    /** What is left of the speed. */
    public double share() {
        return alonePerS == 0 ? 0 : amongPerS / alonePerS;
    }
}
