package io.penstock.exporter.ring.tool;

import io.penstock.exporter.segment.SegmentHeader;
import java.nio.file.Path;

/**
 * One segment file.
 *
 * @param file its path
 * @param status what its header is worth; the numbers below are 0 unless it is good
 * @param epoch epoch of the ring that it belongs to
 * @param index number of the segment
 * @param firstPosition position of its first entry
 * @param endPosition position behind its last byte
 * @param bytes length of the file
 * @param createdMs when this lap began, milliseconds since the epoch
 */
public record SegmentRow(
        Path file,
        SegmentHeader.Status status,
        long epoch,
        long index,
        long firstPosition,
        long endPosition,
        long bytes,
        long createdMs) {}
