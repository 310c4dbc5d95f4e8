package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.ring.Take;
import java.util.ArrayList;
import java.util.List;

/**
 * A take whose records are being settled, in any order.
 *
 * <p>Threading: confined to the export's context.
 */
final class OpenRun {
    private final Take take;
    private final long oldestMs;
    private final List<DeadLetter> letters = new ArrayList<>();
    private int delivered;
    private int deadLettered;
    private int dropped;
    private boolean givenUp;

    /**
     * A run none of whose records is settled.
     *
     * @param oldestMs when its first record arrived
     */
    OpenRun(Take take, long oldestMs) {
        this.take = take;
        this.oldestMs = oldestMs;
    }

    Take take() {
        return take;
    }

    long first() {
        return take.first();
    }

    int records() {
        return take.records();
    }

    long oldestMs() {
        return oldestMs;
    }

    void delivered(int records) {
        delivered += records;
        check();
    }

    void dropped(int records) {
        dropped += records;
        check();
    }

    void deadLettered(int records, List<DeadLetter> why) {
        deadLettered += records;
        letters.addAll(why);
        check();
    }

    private void check() {
        if (delivered + deadLettered + dropped > take.records()) {
            throw new IllegalStateException("more records settled than the run has");
        }
    }

    boolean isSettled() {
        return delivered + deadLettered + dropped == take.records();
    }

    int deliveredRecords() {
        return delivered;
    }

    int deadLetteredRecords() {
        return deadLettered;
    }

    int droppedRecords() {
        return dropped;
    }

    /** Dead letters to be kept before the run may be committed. */
    List<DeadLetter> letters() {
        return letters;
    }

    /** The disk budget is spent: what is not delivered at the present attempt is given up. */
    void giveUp() {
        givenUp = true;
    }

    boolean isGivenUp() {
        return givenUp;
    }
}
