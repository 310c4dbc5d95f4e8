package io.penstock.exporter.receipt;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.receipt.SettledRuns.SettledRun;
import io.penstock.exporter.ring.RingCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch by one export.
 *
 * <p>Threading: immutable.
 *
 * @param export its name
 * @param state where the batch stands
 * @param offers how often its run was offered, where it is in flight; else 0
 * @param run the run it was settled with, where that is remembered
 * @param letters ids of dead letters of it that wait for a person
 */
public record Fate(
        String export, State state, int offers, @Nullable SettledRun run, List<Long> letters) {

    /** Dead letters of one batch that are named. */
    public static final int MAX_LETTERS = 100;

    private static final int LETTERS_AT_ONCE = 64;

    /** Where a batch may stand. */
    public enum State {
        /** Waits in the ring. */
        STAGED,
        /** Is with the sink, or about to be offered again. */
        IN_FLIGHT,
        /** The target has all of it. */
        DELIVERED,
        /** Settled, and some or all of it is a dead letter that waits for a person. */
        DEAD_LETTERED,
        /** All of it was dropped by a rule of the export, or a person. */
        DROPPED,
        /** Settled; it is not known any more how much of it was delivered, how much dropped. */
        SETTLED,
        /** Was there before the export began, which does not owe it. */
        NOT_OWED,
        /** The export does not run, or it is not known when it began. */
        UNKNOWN;

        /** Whether nothing more will become of it by itself. */
        public boolean isFinal() {
            return this != STAGED && this != IN_FLIGHT && this != UNKNOWN;
        }
    }

    /** Takes a copy. */
    public Fate {
        letters = List.copyOf(letters);
    }

    /** Of an export of which nothing is known. */
    public static Fate unknown(String export) {
        return new Fate(export, State.UNKNOWN, 0, null, List.of());
    }

    /**
     * Looks. Blocking.
     *
     * @param cursor the export's
     * @param letters likewise
     * @param settled likewise
     * @param position of the batch's entry; it has been appended
     */
    public static Fate of(
            RingCursor cursor, DeadLetterStore letters, SettledRuns settled, long position)
            throws IOException {
        RingCursor.Place place = cursor.placeOf(position);
        return switch (place.where()) {
            case AHEAD -> new Fate(cursor.name(), State.STAGED, 0, null, List.of());
            case BEFORE -> new Fate(cursor.name(), State.NOT_OWED, 0, null, List.of());
            case UNKNOWN -> unknown(cursor.name());
            case OPEN ->
                    new Fate(
                            cursor.name(),
                            State.IN_FLIGHT,
                            place.offers(),
                            null,
                            lettersOf(letters, position));
            case SETTLED -> settled(cursor, letters, settled.find(position), position);
        };
    }

    private static Fate settled(
            RingCursor cursor, DeadLetterStore letters, @Nullable SettledRun run, long position)
            throws IOException {
        List<Long> waiting = lettersOf(letters, position);
        boolean someDropped = cursor.stats().droppedRecords() > 0;
        boolean lettersDropped = letters.droppedRecords() > 0;
        State state = State.SETTLED;
        if (!waiting.isEmpty()) {
            state = State.DEAD_LETTERED;
        } else if (run == null) {
            state = someDropped || lettersDropped ? State.SETTLED : State.DELIVERED;
        } else if (run.dropped() == 0 && (run.deadLettered() == 0 || !lettersDropped)) {
            state = State.DELIVERED;
        } else if (run.dropped() > 0 && run.delivered() == 0 && run.deadLettered() == 0) {
            state = State.DROPPED;
        }
        return new Fate(cursor.name(), state, 0, run, waiting);
    }

    private static List<Long> lettersOf(DeadLetterStore store, long position) throws IOException {
        List<Long> found = new ArrayList<>();
        long after = 0;
        List<DeadLetter.Stored> some = List.of();
        do {
            some = store.heldLetters() == 0 ? List.of() : store.list(after, LETTERS_AT_ONCE);
            for (DeadLetter.Stored each : some) {
                after = each.id();
                if (each.letter().position() == position && found.size() < MAX_LETTERS) {
                    found.add(each.id());
                }
            }
        } while (some.size() == LETTERS_AT_ONCE && found.size() < MAX_LETTERS);
        return found;
    }
}
