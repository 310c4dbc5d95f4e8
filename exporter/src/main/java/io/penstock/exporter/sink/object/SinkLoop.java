package io.penstock.exporter.sink.object;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The place where a sink lives: tasks and timers one at a time. A seam for tests that want every
 * step in order.
 *
 * <p>Threading: any thread.
 */
interface SinkLoop {

    /** Runs a task there, later. */
    void run(Runnable task);

    /** Runs a task there after a while; answers how to call it off. */
    Runnable after(long delayMs, Runnable task);

    /** The context of a verticle. */
    record OfContext(Vertx vertx, Context context) implements SinkLoop {
        @Override
        public void run(Runnable task) {
            context.runOnContext(now -> task.run());
        }

        @Override
        public Runnable after(long delayMs, Runnable task) {
            long timer = vertx.setTimer(Math.max(1, delayMs), fired -> run(task));
            return () -> vertx.cancelTimer(timer);
        }
    }
}
