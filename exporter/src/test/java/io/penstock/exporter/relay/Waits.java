package io.penstock.exporter.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting, with a bound. */
final class Waits {
    private static final long PATIENCE_MS = 20_000;
    private static final long LOOK_NS = 1_000_000;

    private Waits() {}

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not done in time", late);
        }
    }

    static void until(BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came true in time").isLessThan(endNs);
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
