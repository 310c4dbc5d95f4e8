package io.penstock.exporter.stage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The count of staged bytes of the whole node, exact whenever no append is under way: the sum over
 * all open stages of tail minus head.
 *
 * <p>Bytes are reserved before an append and corrected afterwards to what the tail really moved, so
 * that the limit holds also while several event loops append at once. Padding at the end of a
 * segment is known only afterwards: by so much the count may pass the limit.
 *
 * <p>Threading: any thread.
 */
final class StagedBytes {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong drained = new AtomicLong();

    StagedBytes(long limit) {
        this.limit = limit;
    }

    /** Takes room, or answers false and takes none. */
    boolean tryReserve(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Corrects the count by a difference that has nothing to do with draining. */
    void adjust(long bytes) {
        used.addAndGet(bytes);
    }

    /** A head moved. */
    void drained(long bytes) {
        used.addAndGet(-bytes);
        drained.addAndGet(bytes);
    }

    long used() {
        return used.get();
    }

    /** All bytes that were ever drained; its growth is the node's drain rate. */
    long drainedTotal() {
        return drained.get();
    }
}
