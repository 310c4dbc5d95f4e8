package io.penstock.exporter.source.kafka;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one consumer counts.
 *
 * <p>Threading: any thread.
 */
final class SourceMeter {
    final LongAdder records = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder refusals = new LongAdder();

    /** Bytes fetched and not staged; what {@code prefetch_bytes} bounds. */
    final AtomicLong queuedBytes = new AtomicLong();

    volatile int partitions;
    volatile int paused;
    volatile long lagRecords;
    volatile String trouble = "";
}
