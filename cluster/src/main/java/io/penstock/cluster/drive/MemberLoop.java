package io.penstock.cluster.drive;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that has the member: does what is queued, and ticks some 20 times a second. Ticks
 * are not queued, so those that a pause or a slow disk swallowed do not come afterwards.
 *
 * <p>Threading: {@link #post} on any thread, never blocks.
 */
final class MemberLoop {
    private static final Logger LOG = LoggerFactory.getLogger(MemberLoop.class);

    static final int QUEUE_LENGTH = 1_024;
    static final long MAX_WAITING_BYTES = 16L << 20;
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long END_MS = 5_000;

    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(QUEUE_LENGTH);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Runnable tick;
    private final Thread thread;
    private volatile boolean ends;

    /** Something to do, and the bytes that it holds until then. */
    private record Item(Runnable act, long bytes) {}

    MemberLoop(Runnable tick) {
        this.tick = tick;
        this.thread = new Thread(this::run, "penstock-member");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Does something soon; whether it was taken. */
    boolean post(Runnable act) {
        return post(0, act);
    }

    /** Likewise; what it holds in memory counts. */
    boolean post(long bytes, Runnable act) {
        if (waitingBytes.addAndGet(bytes) <= MAX_WAITING_BYTES
                && !ends
                && queue.offer(new Item(act, bytes))) {
            return true;
        }
        waitingBytes.addAndGet(-bytes);
        dropped.incrementAndGet();
        return false;
    }

    /** What was not taken. */
    long dropped() {
        return dropped.get();
    }

    /** Ends the thread, and waits for it, up to a bound. */
    void end() {
        // not interrupted: that would tear the voter's file out of its hands
        ends = true;
        try {
            thread.join(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nextNs = System.nanoTime();
        while (!ends) {
            long leftNs = nextNs - System.nanoTime();
            Item item = next(leftNs);
            if (item != null) {
                waitingBytes.addAndGet(-item.bytes);
                guarded(item.act);
            }
            if (System.nanoTime() - nextNs >= 0) {
                guarded(tick);
                nextNs = System.nanoTime() + TICK_NS;
            }
        }
    }

    private @Nullable Item next(long leftNs) {
        try {
            return leftNs <= 0 ? queue.poll() : queue.poll(leftNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            ends = true;
            return null;
        }
    }

    /** A defect in one turn must not cost the lease of every task. */
    private static void guarded(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException defect) {
            LOG.error("cluster: a turn of the member failed", defect);
        }
    }
}
