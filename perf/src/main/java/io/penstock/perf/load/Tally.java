package io.penstock.perf.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** The numbers of one session. Threading: one writer (the session's thread), any readers. */
final class Tally {
    private static final long LONGEST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(LONGEST_NS, DIGITS);
    private volatile String lastFailure = "";

    void taken(int batchRecords, int batchBytes, long latencyNs) {
        add(requests, 1);
        add(records, batchRecords);
        add(bytes, batchBytes);
        latencies.recordValue(Math.min(LONGEST_NS, Math.max(0, latencyNs)));
    }

    void refused() {
        add(refused, 1);
    }

    void failed(String why) {
        add(failed, 1);
        lastFailure = why;
    }

    String lastFailure() {
        return lastFailure;
    }

    LoadCounts counts() {
        return new LoadCounts(
                requests.get(), records.get(), bytes.get(), refused.get(), failed.get());
    }

    /** Latencies since the last call, and starts afresh. */
    Histogram takeLatencies() {
        return latencies.getIntervalHistogram();
    }

    /** One writer: a plain sum and an ordered store are enough. */
    private static void add(AtomicLong counter, long more) {
        counter.lazySet(counter.getPlain() + more);
    }
}
