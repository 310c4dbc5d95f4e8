/**
 * The transactional staging buffer of one repo, on recycled memory-mapped files; plain JDK.
 *
 * <h2>Constraints</h2>
 *
 * <ul>
 *   <li>What {@link io.penstock.exporter.ring.RingWriter#append} acknowledged survives {@code kill
 *       -9}; what {@link io.penstock.exporter.ring.Ring#force} covered survives a loss of power.
 *   <li>Writers take no lock, do no file I/O and make no object that grows with the data; the only
 *       copy is the one into the mapping.
 *   <li>Every entry has a checksum, looked at each time a run is cut. No wrong byte is delivered.
 *   <li>A cursor that lags costs disk, never a writer or another cursor, until the budget is spent.
 *   <li>A full disk, a spent budget and a failed file are refusals, and end by themselves.
 * </ul>
 *
 * <h2>Layout</h2>
 *
 * <pre>
 *   a ring's directory                             positions grow for ever
 *   ring.snap            snapshot                    head                          tail
 *   slot-00001.seg       segment 7                    |                             |
 *   slot-00002.seg       segment 6          +---------v-----+---------------+-------v-------+--------
 *   slot-00003.seg       spare              |  segment 5    |  segment 6    |  segment 7    | ready
 *   file.cursor          cursor of 'file'   +----^----------+--^------------+---------------+--------
 *   http.cursor          cursor of 'http'        http          file
 * </pre>
 *
 * <p>A position is {@code segment number * segment bytes + offset}; numbers may skip. The bytes are
 * drawn in {@link io.penstock.exporter.segment.SegmentLayout}, {@link
 * io.penstock.exporter.segment.EntryFormat} and {@link io.penstock.exporter.cursor.CursorLayout},
 * the snapshot in {@link io.penstock.exporter.ring.RingSnapshot}.
 *
 * <h2>Writing</h2>
 *
 * <p>An append claims its space with one compare-and-set, writes, and publishes its run with the
 * release store of the first commit word (see {@link io.penstock.exporter.ring.RingWriter}). What
 * does not fit into the rest of the segment turns over: the rest becomes a pad, and the writer goes
 * on in the next segment, which maintenance has made ready on the files executor, from a recycled
 * file or a new one. When none is ready the append is refused.
 *
 * <h2>Reading</h2>
 *
 * <p>A cursor walks from commit word to commit word, acquire against release. It cuts a run,
 * records its range in its file, and lends it. A word that is not valid is an entry in the making
 * while its segment has open claims, and damage once it has none. An idle cursor arms a wake-up
 * ({@link io.penstock.exporter.cursor.WakeUp}).
 *
 * <h2>Acknowledging</h2>
 *
 * <p>Takes are settled in any order; the position moves over the settled ones at the front. A run
 * that was lent when the process died is offered again as it was, under the same positions and with
 * what its export noted about it ({@link io.penstock.exporter.ring.RingCursor#note}); one that was
 * settled out of order is not offered again. A segment that every cursor and the snapshot have
 * passed is recycled. Nothing else is ever deleted, except by closing a ring that is drained.
 *
 * <h2>Recovery</h2>
 *
 * <p>Opening looks at every file first and decides by the tables of {@link
 * io.penstock.exporter.recovery}. It reads entries from the snapshot's position on: about {@link
 * io.penstock.exporter.ring.RingMaintenance#SNAPSHOT_EVERY} segments, however long the backlog is.
 *
 * <pre>
 *   snapshot, same run of the system  scan, pad holes, cut the torn tail, go on there
 *   snapshot, after a loss of power   likewise, and leap over every position that may have been lent
 *   snapshot of an orderly close      trust it, read nothing
 *   no snapshot, or a damaged one     scan everything, count from the cursors, leap
 *   damaged segment or cursor file    put it out of the way, count it, go on without it
 *   newer format                      refuse, touch nothing
 * </pre>
 *
 * <h2>Threads</h2>
 *
 * <p>Writers and cursors: any number, one thread each at a time. Maintenance, opening, closing:
 * under one lock, never on an event loop. What blocks says so.
 *
 * <h2>Limits</h2>
 *
 * <p>{@link io.penstock.exporter.ring.RingConfig} bounds segments and producers, {@link
 * io.penstock.exporter.ring.Ring#MAX_CURSORS} cursors, {@link
 * io.penstock.exporter.ring.RingCursor#MAX_OPEN_TAKES} takes, {@link
 * io.penstock.exporter.storage.DiskBudget} the node's disk. The records of a damaged entry count as
 * dropped if its header is intact; otherwise nobody knows them, and they show as residue in the
 * ledger.
 *
 * <h2>Not yet</h2>
 *
 * <p>Cursor files are forced when a ring is closed only: after a loss of power an export may be
 * offered again what it had settled shortly before, in other runs. The range of a source (Kafka)
 * has no place in an entry yet.
 */
@NullMarked
package io.penstock.exporter.ring;

import org.jspecify.annotations.NullMarked;
