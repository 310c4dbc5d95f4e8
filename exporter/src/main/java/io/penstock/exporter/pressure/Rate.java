package io.penstock.exporter.pressure;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The two rates of an export, and how long they held it back. Several may deliver for an export on
 * one node: they share one of these, and wait for it each by themselves.
 *
 * <p>Shapes and units: times are nanoseconds of a clock that never goes back, given with each call.
 *
 * <p>Threading: any thread; locked for a few steps only.
 */
public final class Rate {
    private final RateConfig config;
    private final @Nullable TokenBucket records;
    private final @Nullable TokenBucket bytes;
    private long heldSinceNs;
    private long heldToNs;
    private boolean holds;

    private final LongAdder heldNs = new LongAdder();

    /** Nothing was delivered yet. */
    public Rate(RateConfig config, long nowNs) {
        this.config = config;
        records = config.recordsPerS() == 0 ? null : new TokenBucket(config.recordsPerS(), nowNs);
        bytes = config.bytesPerS() == 0 ? null : new TokenBucket(config.bytesPerS(), nowNs);
    }

    /** How long until a delivery may start; asked when one would otherwise. */
    public synchronized long waitNs(long nowNs) {
        long waitNs =
                Math.max(
                        records == null ? 0 : records.waitNs(nowNs),
                        bytes == null ? 0 : bytes.waitNs(nowNs));
        if (waitNs > 0 && !holds) {
            holds = true;
            heldSinceNs = nowNs;
            heldToNs = nowNs + waitNs;
        }
        return waitNs;
    }

    /** A delivery starts. */
    public synchronized void started(long nowNs, int count, long size) {
        if (records != null) {
            records.take(count);
        }
        if (bytes != null) {
            bytes.take(size);
        }
        if (holds) {
            holds = false;
            heldNs.add(Math.min(nowNs, heldToNs) - heldSinceNs);
        }
    }

    /** Whether it lets through what these say. */
    public boolean isBy(RateConfig other) {
        return config.equals(other);
    }

    /** The most records that a delivery should have. */
    int records(int most) {
        return config.recordsPerS() == 0 ? most : (int) Math.min(most, config.recordsPerS());
    }

    /** The most bytes that a delivery should have. */
    long bytes(long most) {
        return config.bytesPerS() == 0 ? most : Math.min(most, config.bytesPerS());
    }

    /** Time during which nothing else but a rate kept a delivery from starting. */
    long heldNs() {
        return heldNs.sum();
    }
}
