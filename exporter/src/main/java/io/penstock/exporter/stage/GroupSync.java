package io.penstock.exporter.stage;

import io.penstock.exporter.ring.Ring;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group commit of the node: one thread that forces every ring somebody waits for, all batches
 * since the last round together. Rounds begin at least an interval apart: whoever comes alone is
 * forced at once, and under load a group gathers while the round before is on its way.
 *
 * <p>A force that fails is not tried again: the kernel may have dropped the pages and would answer
 * that all is well. Those who wait hear so, and the ring takes nothing more until all that it holds
 * is settled.
 *
 * <p>Threading: {@link #request} and {@link #close} any thread; everything else on the thread of
 * its own.
 */
final class GroupSync implements AutoCloseable {
    /** How long {@link #close} waits for the last round. */
    private static final long CLOSE_WAIT_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(GroupSync.class);

    private final long intervalNs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Thread thread = new Thread(this::run, "penstock-sync");

    // Guarded by lock. Bounded by the number of open stages, since it is a set.
    private Set<Stage> requests = new LinkedHashSet<>();
    private boolean closing;

    // Own thread
    private long roundBeganNs;

    private final LongAdder rounds = new LongAdder();

    GroupSync(long intervalMs) {
        this.intervalNs = TimeUnit.MILLISECONDS.toNanos(intervalMs);
        this.roundBeganNs = System.nanoTime() - intervalNs;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Asks for a force that covers everything appended to the stage before this call. */
    void request(Stage stage) {
        lock.lock();
        try {
            if (requests.add(stage) && requests.size() == 1) {
                wanted.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Rounds made; for metrics. */
    long rounds() {
        return rounds.sum();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            List<Stage> round = next();
            while (!round.isEmpty()) {
                round.forEach(this::force);
                rounds.increment();
                round = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a request, and for the interval to pass; empty when closing and done. */
    private List<Stage> next() throws InterruptedException {
        lock.lock();
        try {
            while (requests.isEmpty() && !closing) {
                wanted.await();
            }
            long leftNs = intervalNs - (System.nanoTime() - roundBeganNs);
            while (leftNs > 0 && !closing) {
                leftNs = wanted.awaitNanos(leftNs);
            }
            roundBeganNs = System.nanoTime();
            List<Stage> round = new ArrayList<>(requests);
            requests = new LinkedHashSet<>();
            return round;
        } finally {
            lock.unlock();
        }
    }

    private void force(Stage stage) {
        if (stage.state() == StageState.CLOSED || stage.state() == StageState.FAILED) {
            return;
        }
        try {
            Ring ring = stage.ring();
            ring.force();
            stage.forced(ring.forcedPosition());
        } catch (IOException | RuntimeException e) {
            LOG.error("forcing repo {} failed", stage.repo(), e);
            stage.forceFailed();
        }
    }
}
