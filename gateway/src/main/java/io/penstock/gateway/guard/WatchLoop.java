package io.penstock.gateway.guard;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The watches of one event loop, as a list without nodes, and their clock. One timer for all of
 * them, as long as there is one. Threading: confined to its event loop.
 */
final class WatchLoop {
    /** How often watches look at the clock: the grain of their time-outs. */
    static final long TICK_MS = 500;

    private static final FastThreadLocal<WatchLoop> MINE =
            new FastThreadLocal<>() {
                @Override
                protected WatchLoop initialValue() {
                    return new WatchLoop();
                }
            };

    private @Nullable ConnectionWatch first;
    private @Nullable ScheduledFuture<?> timer;
    private long nowMs = clock();

    private WatchLoop() {}

    /** Those of the event loop that calls. */
    static WatchLoop mine() {
        return MINE.get();
    }

    /** A monotonic clock in milliseconds, as of the last tick or watch. */
    long nowMs() {
        return nowMs;
    }

    void add(ConnectionWatch watch, EventLoop loop) {
        nowMs = clock();
        watch.after = first;
        if (first != null) {
            first.before = watch;
        }
        first = watch;
        if (timer == null) {
            timer = loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        }
    }

    void remove(ConnectionWatch watch) {
        ConnectionWatch previous = watch.before;
        ConnectionWatch next = watch.after;
        if (previous == null && first != watch) {
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
        watch.before = null;
        watch.after = null;
        if (first == null && timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** A watch may remove itself meanwhile, and no other. */
    private void tick() {
        nowMs = clock();
        ConnectionWatch watch = first;
        while (watch != null) {
            ConnectionWatch next = watch.after;
            watch.tick(nowMs);
            watch = next;
        }
    }

    private static long clock() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
