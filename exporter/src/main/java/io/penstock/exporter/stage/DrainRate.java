package io.penstock.exporter.stage;

/**
 * How fast something drains, and how long to wait for a given room at that rate. A moving average
 * over samples of a growing total; the youngest sample weighs {@link #WEIGHT}.
 *
 * <p>Threading: sampled by one thread, read by any.
 */
final class DrainRate {
    /** About the last five samples count. */
    static final double WEIGHT = 0.3;

    /** Nobody is asked back sooner than a group of requests needs to be worth it. */
    static final long MIN_RETRY_MS = 20;

    /** Nobody is sent away for longer, since a stalled sink may recover at any time. */
    static final long MAX_RETRY_MS = 10_000;

    /** The answer while nothing drains. */
    static final long STALLED_RETRY_MS = 1_000;

    private long lastTotal;
    private long lastMs;
    private volatile double bytesPerMs;

    DrainRate(long total, long nowMs) {
        lastTotal = total;
        lastMs = nowMs;
    }

    /** Takes a sample of the growing total. */
    void sample(long total, long nowMs) {
        long elapsed = nowMs - lastMs;
        if (elapsed <= 0) {
            return;
        }
        double now = (double) (total - lastTotal) / elapsed;
        bytesPerMs = bytesPerMs == 0 ? now : bytesPerMs + WEIGHT * (now - bytesPerMs);
        lastTotal = total;
        lastMs = nowMs;
    }

    double bytesPerSecond() {
        return bytesPerMs * 1000;
    }

    /** How long until {@code bytes} more have drained. */
    long retryAfterMs(long bytes) {
        double rate = bytesPerMs;
        if (rate < 1e-3) {
            return STALLED_RETRY_MS;
        }
        return Math.max(MIN_RETRY_MS, Math.min(MAX_RETRY_MS, (long) Math.ceil(bytes / rate)));
    }
}
