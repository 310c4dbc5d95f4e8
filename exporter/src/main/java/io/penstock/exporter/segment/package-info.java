/**
 * One segment: where its bytes lie, how entries get in, and what a reader makes of them.
 *
 * <p>What. {@link io.penstock.exporter.segment.Segment} is one lap of a mapped {@link
 * io.penstock.exporter.segment.SegmentFile}, drawn in {@link
 * io.penstock.exporter.segment.SegmentLayout} and {@link io.penstock.exporter.segment.EntryFormat}.
 * {@link io.penstock.exporter.segment.EntryEncoder} writes, {@link
 * io.penstock.exporter.segment.EntryWalk} reads beside the writers, {@link
 * io.penstock.exporter.segment.SegmentScan} goes through a segment that nobody writes.
 *
 * <p>Flow. In: claims and bytes. Out: entries, each checked.
 *
 * <p>Threads. Segments are for any thread; encoders, walks and scans for one each.
 *
 * <p>Limits. A file has 64 KiB to 128 MiB, and an entry fits into one. Files are never zeroed
 * again: commit words carry a hash that only this lap's salt explains.
 */
@NullMarked
package io.penstock.exporter.segment;

import org.jspecify.annotations.NullMarked;
