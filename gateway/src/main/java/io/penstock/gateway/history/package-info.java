/**
 * What a node did lately: a round of its counters each second, the last hours of them in memory and
 * the last weeks on disk.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.history.Recorder} makes a {@link
 * io.penstock.gateway.history.Round} each second; {@link io.penstock.gateway.history.History} keeps
 * those of the last hours of the node, its busiest repos and its busiest exports; {@link
 * io.penstock.gateway.history.Archive} the last {@code Archive.DAYS} days of the same in intervals
 * of {@code Archive.STEP_MS}, over restarts; {@link io.penstock.gateway.history.Tallies} how often
 * something was said. What shows, warns or reports listens to the recorder: counters are read once
 * for all of them.
 *
 * <p><b>Flow.</b> timer to {@code Sampler} to {@code History} and, by {@code LongSampler}, to
 * {@code Archive}, to the listeners.
 *
 * <p><b>Threads.</b> Rounds run on worker threads, one at a time; a round that is late lets the
 * next one fall out.
 *
 * <p><b>Limits.</b> In memory {@code History.MAX_BYTES}: {@code History.MAX_SERIES} series of
 * {@code Series.BYTES}. On disk {@code Archive.MAX_BYTES} = {@code Archive.MAX_SERIES} (65) files
 * of {@code SeriesFile.BYTES} (969,728) = {@code HEADER_BYTES} (2,048) + {@code CELLS} (10,080) x
 * {@code Cell.BYTES} (96), 63,032,320 bytes, and two files of tallies of {@code
 * Tallies.MAX_FILE_BYTES} (8 MiB) and an interval. Written in place and not forced: a kill takes
 * {@code Archive.WRITE_MS} at the most (an interval of tallies), a torn cell or line is a gap.
 */
@NullMarked
package io.penstock.gateway.history;

import org.jspecify.annotations.NullMarked;
