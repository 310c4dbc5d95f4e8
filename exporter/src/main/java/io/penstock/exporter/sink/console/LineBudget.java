package io.penstock.exporter.sink.console;

import java.time.Clock;

/**
 * A bucket of lines that fills at a constant rate and holds one second's worth.
 *
 * <p>Threading: confined to one thread.
 */
final class LineBudget {

    private static final double MILLIS_PER_SECOND = 1000;

    private final int perSecond;
    private final Clock clock;
    private double lines;
    private long filledMs;

    /** A full bucket. {@code perSecond} of 0 never runs out. */
    LineBudget(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.lines = perSecond;
        this.filledMs = clock.millis();
    }

    /** Takes up to {@code wanted} lines; how many there were. */
    int take(int wanted) {
        if (perSecond == 0) {
            return wanted;
        }
        long nowMs = clock.millis();
        // A clock that was set back fills nothing.
        double gained = Math.max(0, nowMs - filledMs) * perSecond / MILLIS_PER_SECOND;
        lines = Math.min(perSecond, lines + gained);
        filledMs = nowMs;
        int taken = (int) Math.min(wanted, lines);
        lines -= taken;
        return taken;
    }
}
