package io.penstock.perf.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When a node was not to be had, because of what was done to it. Threading: any thread.
 *
 * <p>An outage goes on for a moment after its end, since a push that began in it may fail later.
 */
final class Outages {
    /** As long as a push may wait for its answer, and some more. */
    private static final long GRACE_NS =
            TimeUnit.MILLISECONDS.toNanos(PushSocket.PATIENCE_MS + 500);

    private final List<long[]> spans = new ArrayList<>();

    /** The node is about to be broken. */
    synchronized void begin() {
        if (spans.isEmpty() || last()[1] != Long.MAX_VALUE) {
            spans.add(new long[] {System.nanoTime(), Long.MAX_VALUE});
        }
    }

    /** It is well again. */
    synchronized void end() {
        if (!spans.isEmpty() && last()[1] == Long.MAX_VALUE) {
            last()[1] = System.nanoTime();
        }
    }

    private long[] last() {
        return spans.get(spans.size() - 1);
    }

    /** Whether what failed at this time failed because of it. */
    synchronized boolean explain(long ns) {
        return spans.stream()
                .anyMatch(
                        span ->
                                ns >= span[0]
                                        && (span[1] == Long.MAX_VALUE || ns - span[1] <= GRACE_NS));
    }
}
