package io.penstock.client;

import java.util.concurrent.atomic.LongAdder;

/** What a client has done so far. Threading: any thread. */
public final class ClientCounts {
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder failures = new LongAdder();

    ClientCounts() {}

    void acknowledged(int recordCount, long byteCount, boolean duplicate) {
        records.add(recordCount);
        bytes.add(byteCount);
        batches.increment();
        duplicates.add(duplicate ? 1 : 0);
    }

    void retried() {
        retries.increment();
    }

    void failed() {
        failures.increment();
    }

    /** Records acknowledged. */
    public long records() {
        return records.sum();
    }

    /** Bytes of the batches acknowledged, before compression. */
    public long bytes() {
        return bytes.sum();
    }

    /** Batches acknowledged. */
    public long batches() {
        return batches.sum();
    }

    /** Batches of those that had been staged before. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Attempts beyond the first of each batch. */
    public long retries() {
        return retries.sum();
    }

    /** Batches that were given up. */
    public long failures() {
        return failures.sum();
    }
}
