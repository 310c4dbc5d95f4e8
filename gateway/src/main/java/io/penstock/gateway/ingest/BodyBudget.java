package io.penstock.gateway.ingest;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of requests that have arrived and are not yet staged, over the whole node, held to a bound.
 *
 * <p>What has arrived is always counted, never refused: it is in memory anyway. Whoever finds the
 * budget {@link #over} stops reading and waits. So that half-sent messages cannot block one another
 * for ever, the longest waiting caller goes on reading until its message is whole: the bound is the
 * limit plus one message.
 *
 * <p>Threading: any thread.
 */
public final class BodyBudget {
    /** The answer to a request that was {@link Turn#REFUSED}. */
    public static final Fault CROWDED =
            new Fault(
                    FaultKind.FULL, "the node has too many requests in flight", Fault.NOWHERE, 500);

    private final long limitBytes;
    private final int maxWaiters;
    private final AtomicLong used = new AtomicLong();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private volatile boolean waited;
    private @Nullable Waiter express;

    /** Somebody who has stopped reading. */
    @FunctionalInterface
    public interface Waiter {
        /** There is room: read on. Called on any thread, under a lock; must only hand over. */
        void room();
    }

    /** What became of a wish to wait. */
    public enum Turn {
        /** Read on; {@link #leave} when the message is whole. */
        GO_ON,
        /** Stop reading; {@link Waiter#room} will be called. */
        WAIT,
        /** Too many wait already: refuse the request. */
        REFUSED
    }

    BodyBudget(long limitBytes, int maxWaiters) {
        this.limitBytes = limitBytes;
        this.maxWaiters = maxWaiters;
    }

    /** Bytes have arrived. */
    public void take(int bytes) {
        used.addAndGet(bytes);
    }

    /** Bytes are staged or dropped. */
    public void release(int bytes) {
        long left = used.addAndGet(-bytes);
        if (waited && left < limitBytes) {
            wake();
        }
    }

    /** Whether those who can should stop reading. */
    public boolean over() {
        return used.get() > limitBytes;
    }

    /** How many there may be. */
    public long limitBytes() {
        return limitBytes;
    }

    /** Bytes in flight now. */
    public long usedBytes() {
        return used.get();
    }

    /** Asks for a turn while the budget is {@link #over}. */
    public Turn await(Waiter waiter) {
        synchronized (waiters) {
            if (express == null || express == waiter) {
                express = waiter;
                waited = true;
                return Turn.GO_ON;
            }
            if (waiters.size() >= maxWaiters) {
                return Turn.REFUSED;
            }
            waiters.add(waiter);
            return Turn.WAIT;
        }
    }

    /** The waiter's message is whole, or given up. Harmless for one that never waited. */
    public void leave(Waiter waiter) {
        if (!waited) {
            return;
        }
        synchronized (waiters) {
            if (express == waiter) {
                express = waiters.poll();
                if (express != null) {
                    express.room();
                }
            } else {
                waiters.remove(waiter);
            }
            waited = express != null || !waiters.isEmpty();
        }
    }

    private void wake() {
        synchronized (waiters) {
            for (Waiter next = waiters.poll(); next != null; next = waiters.poll()) {
                next.room();
            }
            waited = express != null;
        }
    }
}
