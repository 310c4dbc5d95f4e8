package io.penstock.exporter.fanout;

import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * Rings once, at the earliest of the times that were asked for.
 *
 * <p>Threading: confined to the export's context.
 */
final class Alarm {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final LongSupplier nowMs;
    private final Runnable bell;
    private long timer = NONE;
    private long atMs;

    Alarm(Vertx vertx, LongSupplier nowMs, Runnable bell) {
        this.vertx = vertx;
        this.nowMs = nowMs;
        this.bell = bell;
    }

    /** Rings after a while, or sooner when that was asked for already. */
    void in(long delayMs) {
        long wantedMs = nowMs.getAsLong() + delayMs;
        if (timer != NONE) {
            if (atMs <= wantedMs) {
                return;
            }
            vertx.cancelTimer(timer);
        }
        atMs = wantedMs;
        timer =
                vertx.setTimer(
                        Math.max(1, delayMs),
                        id -> {
                            timer = NONE;
                            bell.run();
                        });
    }

    /** Does not ring any more. */
    void cancel() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }
}
