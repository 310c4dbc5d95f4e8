package io.penstock.exporter.stage;

import io.penstock.model.Receipt;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Offers of one loop and repo that wait until a position has been passed. Positions nearly always
 * come in order, for which the heap costs one comparison.
 *
 * <p>Threading: confined to one event loop.
 */
final class AckQueue {
    /** One staged batch whose client waits. */
    record Waiter(Offer offer, Receipt receipt, long deadlineMs) {}

    private final PriorityQueue<Waiter> waiters =
            new PriorityQueue<>(Comparator.comparingLong((Waiter w) -> w.receipt().endPosition()));
    private long earliestDeadlineMs = Long.MAX_VALUE;

    void add(Waiter waiter) {
        waiters.add(waiter);
        earliestDeadlineMs = Math.min(earliestDeadlineMs, waiter.deadlineMs());
    }

    /** Takes the next waiter whose batch ends at or below a position, or null. */
    @Nullable Waiter pollBelow(long position) {
        Waiter first = waiters.peek();
        return first == null || first.receipt().endPosition() > position ? null : waiters.poll();
    }

    /** Hands over all whose time is up. Scans only when one may be. */
    void expire(long nowMs, Consumer<Waiter> expired) {
        if (nowMs < earliestDeadlineMs) {
            return;
        }
        Waiter[] late =
                waiters.stream().filter(w -> w.deadlineMs() <= nowMs).toArray(Waiter[]::new);
        waiters.removeIf(w -> w.deadlineMs() <= nowMs);
        earliestDeadlineMs =
                waiters.stream().mapToLong(Waiter::deadlineMs).min().orElse(Long.MAX_VALUE);
        for (Waiter waiter : late) {
            expired.accept(waiter);
        }
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }
}
