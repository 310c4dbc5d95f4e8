package io.penstock.client;

import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * Who pushes: a number, and the sequences of its batches.
 *
 * @param id drawn at random; not 0
 * @param sequences the next one at each call; may write a file
 * @param kept whether others go on with it, so that it must stay where it is
 */
record Producer(long id, LongSupplier sequences, boolean kept) {

    /** One for this process, beginning at 1. Called by one thread at a time. */
    static Producer fresh() {
        long[] last = {0};
        return new Producer(drawId(), () -> ++last[0], false);
    }

    static long drawId() {
        long id = new SecureRandom().nextLong();
        return id == 0 ? 1 : id;
    }
}
