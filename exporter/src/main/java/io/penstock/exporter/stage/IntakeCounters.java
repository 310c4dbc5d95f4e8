package io.penstock.exporter.stage;

import java.util.concurrent.atomic.LongAdder;

/**
 * What went through the doors of this node since it started, for metrics.
 *
 * <p>Threading: any thread; a reader sees each counter whole, not all at one moment.
 */
public final class IntakeCounters {
    private final LongAdder batches = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder appends = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder[] refused = new LongAdder[RefusalKind.values().length];

    IntakeCounters() {
        for (int i = 0; i < refused.length; i++) {
            refused[i] = new LongAdder();
        }
    }

    void appended(int runBatches, long runRecords, long runBytes) {
        batches.add(runBatches);
        records.add(runRecords);
        bytes.add(runBytes);
        appends.increment();
    }

    void duplicate() {
        duplicates.increment();
    }

    void refused(RefusalKind kind) {
        refused[kind.ordinal()].increment();
    }

    /** Batches staged. */
    public long batches() {
        return batches.sum();
    }

    /** Records staged. */
    public long records() {
        return records.sum();
    }

    /** Bytes of batches staged, without the ring's own headers. */
    public long bytes() {
        return bytes.sum();
    }

    /** Runs appended; {@link #batches} over this is how well small offers were coalesced. */
    public long appends() {
        return appends.sum();
    }

    /** Batches that were staged before and acknowledged again. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Refusals of one kind. */
    public long refusals(RefusalKind kind) {
        return refused[kind.ordinal()].sum();
    }
}
