package io.penstock.gateway.guard;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gates of one event loop, as a list without nodes, and their clock. One timer for all of them,
 * as long as there is one. Threading: confined to its event loop.
 */
final class GateLoop {
    /** How often gates look at the clock: the grain of their time-outs. */
    static final long TICK_MS = 500;

    private static final FastThreadLocal<GateLoop> MINE =
            new FastThreadLocal<>() {
                @Override
                protected GateLoop initialValue() {
                    return new GateLoop();
                }
            };

    private @Nullable Gate first;
    private @Nullable ScheduledFuture<?> timer;
    private long nowMs = clock();

    private GateLoop() {}

    /** Those of the event loop that calls. */
    static GateLoop mine() {
        return MINE.get();
    }

    /** A monotonic clock in milliseconds, as of the last tick or gate. */
    long nowMs() {
        return nowMs;
    }

    void add(Gate gate, EventLoop loop) {
        nowMs = clock();
        gate.after = first;
        if (first != null) {
            first.before = gate;
        }
        first = gate;
        if (timer == null) {
            timer = loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        }
    }

    void remove(Gate gate) {
        Gate previous = gate.before;
        Gate next = gate.after;
        if (previous == null && first != gate) {
            return;
        }
        if (previous == null) {
            first = next;
        } else {
            previous.after = next;
        }
        if (next != null) {
            next.before = previous;
        }
        gate.before = null;
        gate.after = null;
        if (first == null && timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** A gate may remove itself meanwhile, and no other. */
    private void tick() {
        nowMs = clock();
        Gate gate = first;
        while (gate != null) {
            Gate next = gate.after;
            gate.tick(nowMs);
            gate = next;
        }
    }

    private static long clock() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
