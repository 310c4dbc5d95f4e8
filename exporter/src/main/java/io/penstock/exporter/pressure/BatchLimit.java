package io.penstock.exporter.pressure;

import java.util.Locale;

/**
 * Bytes of a delivery: halved when the target is too slow with them, or asks for less than one at a
 * time; doubled again step by step as long as the target is well within its time.
 *
 * <p>Threading: confined to the export's context.
 */
final class BatchLimit {
    /** Answers between two looks. */
    private static final int ANSWERS = 8;

    /** Twice the bytes take at most twice the time; this leaves room for twice of that. */
    private static final int ROOM = 4;

    /** Longest wait before larger ones are tried, in times of the shortest. */
    private static final int MAX_PATIENCE = 16;

    /** Half the bytes must bring the time down to this share, or they were not to blame. */
    private static final double FASTER = 0.8;

    /** What did not help is tried again after so many times what it took. */
    private static final int TRIAL_SHARE = 40;

    private static final double MILLI_NS = 1e6;

    private final long minBytes;
    private final long maxBytes;
    private final PressureConfig config;
    private final LimitChange.Listener listener;

    private long bytes;
    private int answers;
    private double sumNs;
    private long growAtNs = Long.MIN_VALUE;
    private int patience = 1;
    private boolean grown;

    // Mean before a step down that has yet to show that it helps, or 0
    private double slowMs;
    private long smallerAtNs = Long.MIN_VALUE;
    private long beforeRefusal;

    BatchLimit(long maxBytes, PressureConfig config, LimitChange.Listener listener) {
        this.minBytes = Math.min(config.minBatchBytes(), maxBytes);
        this.maxBytes = maxBytes;
        this.config = config;
        this.listener = listener;
        bytes = maxBytes;
    }

    long bytes() {
        return bytes;
    }

    /**
     * A delivery was answered.
     *
     * @param queued whether its time may be that of a queue: then its size is not to blame
     */
    void answered(long nowNs, long tookNs, long deliveredBytes, boolean queued) {
        beforeRefusal = 0;
        if (deliveredBytes * 2 < bytes && bytes > minBytes) {
            // The end of a backlog, or batches that do not fit: says nothing about the limit.
            return;
        }
        sumNs += tookNs;
        if (++answers < ANSWERS) {
            return;
        }
        double meanMs = sumNs / answers / MILLI_NS;
        startLook();
        if (!queued) {
            look(nowNs, meanMs, String.format(Locale.ROOT, "%.0f ms on average", meanMs));
        }
    }

    private void look(long nowNs, double meanMs, String detail) {
        double before = slowMs;
        slowMs = 0;
        if (before > 0 && meanMs > FASTER * before) {
            // It is not the size: larger ones get more done in the same time.
            smallerAtNs = nowNs + (long) (TRIAL_SHARE * meanMs * ANSWERS * MILLI_NS);
            move(Math.min(maxBytes, 2 * bytes), Signal.THROUGHPUT, detail);
        } else if (meanMs > config.slowAfterMs()) {
            if (nowNs >= smallerAtNs && bytes > minBytes) {
                slowMs = meanMs;
                shrink(nowNs, Signal.RESPONSE_TIME, detail);
            }
        } else if (bytes < maxBytes && nowNs >= growAtNs && meanMs * ROOM <= config.slowAfterMs()) {
            grown = true;
            move(Math.min(maxBytes, 2 * bytes), Signal.TRIAL, detail);
        }
    }

    /** The target refused, or was too late. */
    void refused(long nowNs, Signal signal, String why) {
        beforeRefusal = bytes;
        shrink(nowNs, signal, why);
    }

    /** The target refuses all the same: the refusal said nothing about the limit. */
    void wasOutage(String why) {
        if (beforeRefusal > bytes) {
            move(beforeRefusal, Signal.OUTAGE, why);
        }
        beforeRefusal = 0;
    }

    private void shrink(long nowNs, Signal signal, String why) {
        patience = grown ? Math.min(MAX_PATIENCE, 2 * patience) : 1;
        grown = false;
        growAtNs = nowNs + patience * config.tryMoreAfterMs() * (long) MILLI_NS / 2;
        startLook();
        move(Math.max(minBytes, bytes / 2), signal, why);
    }

    private void startLook() {
        answers = 0;
        sumNs = 0;
    }

    private void move(long to, Signal signal, String detail) {
        long before = bytes;
        bytes = to;
        if (to != before) {
            listener.changed(
                    new LimitChange(LimitChange.What.BATCH_BYTES, before, to, signal, detail));
        }
    }
}
