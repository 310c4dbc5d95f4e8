package io.penstock.exporter.stage;

import io.penstock.model.Setting;

/**
 * Keys {@code ring.*}: the size of every repo's ring.
 *
 * <p>Threading: immutable.
 *
 * @param segmentBytes size of a segment file
 * @param residentBytes share of memory per cursor
 * @param maxBytes disk budget
 * @param idleCloseMs idle time after which a drained ring is closed
 * @param maxProducers producers remembered
 */
public record RingConfig(
        @Setting(
                        value = "16MiB",
                        doc =
                                "Size of one segment file, a power of two; a batch must fit into one. Larger ones are recycled"
                                        + " less often, smaller ones waste less on quiet repos.")
                long segmentBytes,
        @Setting(
                        value = "64MiB",
                        doc =
                                "How far an export may lag before its backlog counts as parked. About what"
                                        + " the page cache should keep warm per repo.")
                long residentBytes,
        @Setting(
                        value = "1GiB",
                        doc =
                                "Disk budget of one repo's ring. When it is spent, when_full of the export"
                                        + " that lags most decides.")
                long maxBytes,
        @Setting(
                        value = "300000",
                        doc =
                                "A drained repo that nobody pushed to for so long is closed; the next batch"
                                        + " opens it again.")
                long idleCloseMs,
        @Setting(
                        value = "1024",
                        doc =
                                "Producers whose sequences are remembered per repo; beyond it the longest"
                                        + " idle is forgotten.")
                int maxProducers) {

    /** Smallest segment: a header page and room for small test batches. */
    public static final long MIN_SEGMENT_BYTES = 64 << 10;

    /** Largest segment: a commit word holds lengths up to this. */
    public static final long MAX_SEGMENT_BYTES = 128 << 20;

    /** A ring turns round at least this many segments: one written, one read, one made ready. */
    static final int MIN_SEGMENTS = 3;

    /** Most producers remembered per repo; each costs 4 KiB. */
    public static final int MAX_PRODUCERS = 65_536;

    /** Checks ranges. */
    public RingConfig {
        if (segmentBytes < MIN_SEGMENT_BYTES
                || segmentBytes > MAX_SEGMENT_BYTES
                || Long.bitCount(segmentBytes) != 1) {
            throw new IllegalArgumentException(
                    "ring.segment_bytes must be a power of two from 64KiB to 128MiB, not "
                            + segmentBytes);
        }
        if (residentBytes < segmentBytes) {
            throw new IllegalArgumentException(
                    "ring.resident_bytes must be at least ring.segment_bytes");
        }
        if (maxBytes < MIN_SEGMENTS * segmentBytes) {
            throw new IllegalArgumentException(
                    "ring.max_bytes must be at least "
                            + MIN_SEGMENTS
                            + " times ring.segment_bytes");
        }
        if (idleCloseMs < 1) {
            throw new IllegalArgumentException("ring.idle_close_ms must be at least 1");
        }
        if (maxProducers < 1 || maxProducers > MAX_PRODUCERS) {
            throw new IllegalArgumentException(
                    "ring.max_producers must lie between 1 and "
                            + MAX_PRODUCERS
                            + ", not "
                            + maxProducers);
        }
    }

    /** Every key at its default. */
    public static RingConfig defaults() {
        return new RingConfig(16L << 20, 64L << 20, 1L << 30, 300_000, 1024);
    }
}
