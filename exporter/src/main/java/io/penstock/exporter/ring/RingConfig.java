package io.penstock.exporter.ring;

import io.penstock.exporter.segment.SegmentLayout;

/**
 * Sizes of a ring.
 *
 * <p>Threading: immutable.
 *
 * @param segmentBytes length of a segment file: a power of two, 64 KiB to 128 MiB; an append fits
 *     into one
 * @param residentBytes how far a cursor may lag before the rest of its lag counts as parked
 * @param maxBytes disk budget: bytes of all the ring's segment files together
 * @param maxProducers producers whose sequences are remembered
 */
public record RingConfig(long segmentBytes, long residentBytes, long maxBytes, int maxProducers) {
    /** Segments at the least: one that is written and the next one. */
    public static final int MIN_SEGMENTS = 2;

    /** Segments at the most; each is a file, a descriptor and a mapping. */
    public static final int MAX_SEGMENTS = 65_536;

    /** Producers at the most; each costs 4 KiB of memory. */
    public static final int MAX_PRODUCERS = 65_536;

    /** Checks the ranges. */
    public RingConfig {
        if (segmentBytes < SegmentLayout.MIN_BYTES
                || segmentBytes > SegmentLayout.MAX_BYTES
                || Long.bitCount(segmentBytes) != 1) {
            throw new IllegalArgumentException(
                    "segment_bytes: must be a power of two from 64 KiB to 128 MiB, is "
                            + segmentBytes);
        }
        if (residentBytes < 0) {
            throw new IllegalArgumentException(
                    "resident_bytes: must not be negative, is " + residentBytes);
        }
        if (maxBytes < MIN_SEGMENTS * segmentBytes || maxBytes / segmentBytes > MAX_SEGMENTS) {
            throw new IllegalArgumentException(
                    "max_bytes: must hold 2 to 65536 segments of "
                            + segmentBytes
                            + " bytes, is "
                            + maxBytes);
        }
        if (maxProducers < 1 || maxProducers > MAX_PRODUCERS) {
            throw new IllegalArgumentException(
                    "max_producers: must be 1 to 65536, is " + maxProducers);
        }
    }

    /** Segments that the budget pays for. */
    int maxSegments() {
        return (int) (maxBytes / segmentBytes);
    }

    /** Bytes of the largest run that fits into a segment. */
    int maxRunBytes() {
        return (int) segmentBytes - SegmentLayout.DATA_START;
    }
}
