package io.penstock.exporter.ring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The latest sequences of one producer.
 *
 * <p>Threading: guarded by its own monitor; a call holds it for a few steps.
 */
final class ProducerWindow {
    private static final int WINDOW = ProducerWindows.WINDOW;

    /** Value of a place that remembers nothing. */
    private static final long NOTHING = Long.MIN_VALUE;

    private final long[] sequences = new long[WINDOW];
    private final long[] positions = new long[WINDOW];

    /**
     * Highest sequence admitted or staged, or {@link #NOTHING}. Does not come down when that one is
     * abandoned: its place was taken from the one {@code WINDOW} below, which is forgotten.
     */
    private long top = NOTHING;

    private int pending;

    ProducerWindow() {
        Arrays.fill(positions, NOTHING);
    }

    synchronized long admit(long sequence) {
        if (remembers(sequence)) {
            return positions[place(sequence)];
        }
        if (top != NOTHING && sequence <= top - WINDOW) {
            return ProducerWindows.WENT_BACK;
        }
        if (top != NOTHING && sequence > top + WINDOW) {
            return ProducerWindows.JUMPED;
        }
        put(sequence, ProducerWindows.PENDING);
        return ProducerWindows.NEW;
    }

    /** See {@link ProducerWindows#admitInOrder}. */
    synchronized long admitInOrder(long sequence) {
        if (pending > 0) {
            return ProducerWindows.PENDING;
        }
        long highest = NOTHING;
        for (int place = 0; place < WINDOW; place++) {
            if (positions[place] >= 0) {
                highest = Math.max(highest, sequences[place]);
            }
        }
        if (highest != NOTHING && sequence <= highest) {
            return positions[place(highest)];
        }
        // what was abandoned above it is of no matter: nothing was ever admitted beside it
        top = highest;
        put(sequence, ProducerWindows.PENDING);
        return ProducerWindows.NEW;
    }

    synchronized void staged(long sequence, long position) {
        if (top == NOTHING || sequence > top - WINDOW) {
            put(sequence, position);
        }
    }

    synchronized void abandoned(long sequence) {
        if (!remembers(sequence) || positions[place(sequence)] != ProducerWindows.PENDING) {
            return;
        }
        positions[place(sequence)] = NOTHING;
        pending--;
    }

    /** Highest sequence that was staged, or 0. */
    synchronized long highestStaged() {
        long highest = 0;
        for (int i = 0; i < WINDOW; i++) {
            if (positions[i] >= 0) {
                highest = Math.max(highest, sequences[i]);
            }
        }
        return highest;
    }

    /** Whether somebody is about to stage a sequence. */
    synchronized boolean busy() {
        return pending > 0;
    }

    /** Shows what was staged below a position: pairs of sequence and position, ascending. */
    synchronized long[] stagedBelow(long position) {
        // every place, not those just below the top: sequences of a source leap
        int[] found =
                IntStream.range(0, WINDOW)
                        .filter(place -> positions[place] >= 0 && positions[place] < position)
                        .boxed()
                        .sorted(Comparator.comparingLong((Integer place) -> sequences[place]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        long[] pairs = new long[2 * found.length];
        for (int i = 0; i < found.length; i++) {
            pairs[2 * i] = sequences[found[i]];
            pairs[2 * i + 1] = positions[found[i]];
        }
        return pairs;
    }

    private void put(long sequence, long position) {
        int place = place(sequence);
        pending -= positions[place] == ProducerWindows.PENDING ? 1 : 0;
        pending += position == ProducerWindows.PENDING ? 1 : 0;
        sequences[place] = sequence;
        positions[place] = position;
        top = top == NOTHING ? sequence : Math.max(top, sequence);
    }

    private boolean remembers(long sequence) {
        int place = place(sequence);
        return positions[place] != NOTHING && sequences[place] == sequence;
    }

    private static int place(long sequence) {
        return (int) Math.floorMod(sequence, (long) WINDOW);
    }
}
