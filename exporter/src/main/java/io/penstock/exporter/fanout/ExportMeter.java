package io.penstock.exporter.fanout;

import io.penstock.exporter.receipt.SettledRuns;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an export did since its stage was opened.
 *
 * <p>Threading: written on the export's context, read by any thread.
 */
final class ExportMeter {
    private final LongAdder deliveredBytes = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final SettledRuns settled = new SettledRuns();
    private volatile int inFlight;
    private volatile long oldestOpenMs = -1;
    private volatile String lastError = "";
    private volatile ExportState state = ExportState.RUNNING;

    void attempted() {
        attempts.increment();
    }

    void delivered(long bytes) {
        deliveries.increment();
        deliveredBytes.add(bytes);
    }

    /** Some records of a delivery; {@code whole} when none of it is to be offered again. */
    void deliveredPart(long bytes, boolean whole) {
        deliveries.add(whole ? 1 : 0);
        deliveredBytes.add(bytes);
    }

    void failed(String why) {
        failures.increment();
        lastError = why;
    }

    void error(String why) {
        lastError = why;
    }

    void inFlight(int now) {
        inFlight = now;
    }

    void oldestOpen(long arrivedMs) {
        oldestOpenMs = arrivedMs;
    }

    void state(ExportState now) {
        state = now;
    }

    /** What it is doing now, unless it does nothing: paused, stopped or failed. */
    void activity(ExportState now) {
        ExportState before = state;
        if (before != ExportState.PAUSED
                && before != ExportState.STOPPED
                && before != ExportState.FAILED) {
            state = now;
        }
    }

    /** The target answers: a back-off is over. */
    void recovered() {
        if (state == ExportState.BACKING_OFF) {
            state = ExportState.RUNNING;
        }
    }

    /** The runs that were settled last. */
    SettledRuns settled() {
        return settled;
    }

    ExportState state() {
        return state;
    }

    long deliveredBytes() {
        return deliveredBytes.sum();
    }

    long deliveries() {
        return deliveries.sum();
    }

    long attempts() {
        return attempts.sum();
    }

    long failures() {
        return failures.sum();
    }

    int inFlight() {
        return inFlight;
    }

    /** Arrival of the oldest record in an open run, or -1. */
    long oldestOpenMs() {
        return oldestOpenMs;
    }

    String lastError() {
        return lastError;
    }
}
