package io.penstock.gateway.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what nodes do that may not answer yet, or no more. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Patience() {}

    static void until(String what, Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + LIMIT.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError(what + ": not within " + LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (IOException notThere) {
            return false;
        }
    }
}
