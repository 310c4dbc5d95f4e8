package io.penstock.perf.load;

import io.penstock.perf.wire.Answer;
import io.penstock.perf.wire.Exchange;
import io.penstock.perf.wire.Wire;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Drives all connections of a session from one thread.
 *
 * <p>Saturating: each exchange sends its next batch as soon as the last was answered. Open loop:
 * batches are due by the clock; one that finds no free exchange waits for one, and its latency
 * counts from when it was due, so that a stalled server cannot hide its stall (coordinated
 * omission).
 *
 * <p>A refused batch is sent again, under its sequence, when the server's hint says so; its latency
 * goes on.
 *
 * <p>Threading: confined to the session's thread, except {@link #stop}.
 */
final class LoadLoop implements Wire.Listener {
    private static final long LONGEST_WAIT_MS = 100;
    private static final long SPIN_NS = 1_500_000;
    private static final long FAILURE_PAUSE_NS = 20_000_000;

    private final List<Wire> wires;
    private final Selector selector;
    private final Tally tally;
    private final double intervalNs;
    private final ArrayDeque<Exchange> idle = new ArrayDeque<>();
    private final PriorityQueue<Pause> paused =
            new PriorityQueue<>(Comparator.comparingLong(Pause::untilNs));
    private final int exchanges;
    private volatile boolean stopping;
    private long startNs;
    private long started;

    LoadLoop(List<Wire> wires, Tally tally, double ratePerS) throws IOException {
        this.wires = wires;
        this.tally = tally;
        this.intervalNs = ratePerS > 0 ? 1e9 / ratePerS : 0;
        this.selector = Selector.open();
        for (Wire wire : wires) {
            wire.channel().register(selector, SelectionKey.OP_READ, wire);
            idle.addAll(wire.exchanges());
        }
        exchanges = idle.size();
    }

    /** A refused exchange that waits for its hint. */
    private record Pause(Exchange exchange, long untilNs) {}

    /** No new batches; {@link #run} ends when those under way are answered. */
    void stop() {
        stopping = true;
        selector.wakeup();
    }

    /** Runs until stopped and answered, or until {@code giveUpNs} has passed since the stop. */
    void run(long giveUpNs) throws IOException {
        try (selector) {
            startNs = System.nanoTime();
            long stoppedNs = 0;
            while (true) {
                long now = System.nanoTime();
                if (stopping) {
                    stoppedNs = stoppedNs == 0 ? now : stoppedNs;
                    if (idle.size() == exchanges || now - stoppedNs > giveUpNs) {
                        return;
                    }
                }
                resume(now);
                startDue(now);
                flush();
                select(now);
            }
        }
    }

    private void resume(long now) {
        for (Pause head = paused.peek(); head != null; head = paused.peek()) {
            if (head.untilNs - now > 0) {
                return;
            }
            paused.remove();
            head.exchange.sendAgain();
        }
    }

    private void startDue(long now) {
        if (stopping) {
            return;
        }
        if (intervalNs == 0) {
            while (!idle.isEmpty()) {
                idle.remove().sendNext(now);
            }
            return;
        }
        for (; dueNs() - now <= 0 && !idle.isEmpty(); started++) {
            idle.remove().sendNext(dueNs());
        }
    }

    /** When the next batch of an open loop is due. */
    private long dueNs() {
        return startNs + (long) (started * intervalNs);
    }

    private void flush() throws IOException {
        for (Wire wire : wires) {
            boolean full = wire.flush(this);
            SelectionKey key = wire.channel().keyFor(selector);
            int wanted = full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }
    }

    private void select(long now) throws IOException {
        long waitNs = LONGEST_WAIT_MS * 1_000_000;
        Pause head = paused.peek();
        if (head != null) {
            waitNs = Math.min(waitNs, head.untilNs - now);
        }
        if (intervalNs > 0 && !stopping && !idle.isEmpty()) {
            waitNs = Math.min(waitNs, dueNs() - now);
        }
        if (waitNs < SPIN_NS) {
            selector.selectNow();
        } else {
            selector.select(waitNs / 1_000_000);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isReadable()) {
                ((Wire) key.attachment()).read(this);
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void answered(Exchange exchange, Answer answer) {
        long now = System.nanoTime();
        switch (answer.kind()) {
            case TAKEN -> {
                int records = exchange.batch().records();
                tally.taken(records, exchange.batch().bytes().length, now - exchange.startedNs());
                idle.add(exchange);
            }
            case REFUSED -> {
                tally.refused();
                again(exchange, now + answer.retryAfterMs() * 1_000_000);
            }
            case FAILED -> {
                tally.failed(answer.why());
                again(exchange, now + FAILURE_PAUSE_NS);
            }
        }
    }

    private void again(Exchange exchange, long atNs) {
        if (stopping) {
            idle.add(exchange);
        } else {
            paused.add(new Pause(exchange, atNs));
        }
    }
}
