package io.penstock.exporter.receipt;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The runs that an export settled last, as far as there is room.
 *
 * <p>Threading: any thread.
 */
public final class SettledRuns {
    /** Runs that are remembered; the oldest are forgotten first. */
    static final int MOST = 1024;

    private final ArrayDeque<SettledRun> runs = new ArrayDeque<>();

    /**
     * A run and how it came out.
     *
     * @param first its first position
     * @param end the position behind it
     * @param atMs when it was settled, milliseconds since 1970
     * @param delivered records that the target has
     * @param deadLettered records that became dead letters
     * @param dropped records that a rule dropped
     */
    public record SettledRun(
            long first, long end, long atMs, int delivered, int deadLettered, int dropped) {}

    /** Remembers one. */
    public synchronized void add(SettledRun run) {
        if (runs.size() == MOST) {
            runs.remove();
        }
        runs.add(run);
    }

    /** The run with an entry at a position; null where none is remembered. */
    synchronized @Nullable SettledRun find(long position) {
        for (Iterator<SettledRun> newest = runs.descendingIterator(); newest.hasNext(); ) {
            SettledRun run = newest.next();
            if (run.first() <= position && position < run.end()) {
                return run;
            }
        }
        return null;
    }
}
