package io.penstock.exporter.pressure;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The two rates of an export, and how long they held it back.
 *
 * <p>Threading: confined to the export's context, except {@link #heldNs}.
 */
final class Rate {
    private final RateConfig config;
    private final @Nullable TokenBucket records;
    private final @Nullable TokenBucket bytes;
    private long heldSinceNs;
    private long heldToNs;
    private boolean holds;

    private final LongAdder heldNs = new LongAdder();

    Rate(RateConfig config, long nowNs) {
        this.config = config;
        records = config.recordsPerS() == 0 ? null : new TokenBucket(config.recordsPerS(), nowNs);
        bytes = config.bytesPerS() == 0 ? null : new TokenBucket(config.bytesPerS(), nowNs);
    }

    /** How long until a delivery may start; asked when one would otherwise. */
    long waitNs(long nowNs) {
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
    void started(long nowNs, int count, long size) {
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
