package io.penstock.exporter.stage;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
    private final Map<RefusalKind, LongAdder> refused = new EnumMap<>(RefusalKind.class);

    IntakeCounters() {
        for (RefusalKind kind : RefusalKind.values()) {
            refused.put(kind, new LongAdder());
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
        of(kind).increment();
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
        return of(kind).sum();
    }

    private LongAdder of(RefusalKind kind) {
        return Objects.requireNonNull(refused.get(kind));
    }
}
