package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.ring.Take;
import io.penstock.model.DeliveryId;
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
    private final Progress progress;

    /** Records that are dead letters, kept or not. */
    private int deadLettered;

    private boolean givenUp;

    /**
     * A run as far as it came before a restart; none of its records is settled when it is new.
     *
     * @param oldestMs when its first record arrived
     * @param kept dead letters of it that were kept before a restart
     */
    OpenRun(Take take, long oldestMs, List<DeliveryId> kept) {
        this.take = take;
        this.oldestMs = oldestMs;
        this.progress = Progress.decode(take.progress(), take.records());
        for (DeliveryId letter : kept) {
            // killed between the two: the letter was kept, and the run had not heard of it
            if (progress.isOpen(letter.fromRecord(), letter.toRecord())) {
                progress.kept(letter.fromRecord(), letter.toRecord());
            }
        }
        this.deadLettered = progress.deadLettered();
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

    Progress progress() {
        return progress;
    }

    /**
     * Counts records that are settled.
     *
     * @param dead records that become dead letters, all of them in {@code why}
     */
    void settled(int delivered, int dropped, int dead, List<DeadLetter> why) {
        progress.count(delivered, dropped);
        deadLettered += dead;
        letters.addAll(why);
        if (settledRecords() > take.records()) {
            throw new IllegalStateException("more records settled than the run has");
        }
    }

    private int settledRecords() {
        return progress.delivered() + deadLettered + progress.dropped();
    }

    boolean isSettled() {
        return settledRecords() == take.records();
    }

    int deliveredRecords() {
        return progress.delivered();
    }

    int deadLetteredRecords() {
        return deadLettered;
    }

    int droppedRecords() {
        return progress.dropped();
    }

    /** The first dead letters of the list are kept. */
    void kept(int count) {
        List<DeadLetter> first = letters.subList(0, count);
        for (DeadLetter letter : first) {
            progress.kept(letter.delivery().fromRecord(), letter.delivery().toRecord());
        }
        first.clear();
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
