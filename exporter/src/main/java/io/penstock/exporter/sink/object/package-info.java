/**
 * The sink that writes objects: Parquet, NDJSON or CSV files by the hour of their records, each
 * delivery exactly once.
 *
 * <p><b>What.</b> A delivery is staged on the local disk: its records are parted by the hour of
 * their time and appended to the window of each hour, late ones to their own hour's. A window that
 * is large or old enough is sealed: it gets its key, {@code
 * prefix/repo/dt=YYYY-MM-DD/hour=HH/export-epoch-first-last.suffix}, after the deliveries in it.
 * Then it is encoded, and published whole. The schema of an object is the union of its window's
 * fields, which is known by then. When an hour is over and all of its windows are published, its
 * marker is written.
 *
 * <p><b>Exactly once.</b> Delivered is answered when the rows are on the disk and the record of the
 * delivery is in the {@link io.penstock.exporter.sink.journal.Journal}; one that is offered again
 * is answered without being written. What belongs to a sealed window never changes, and its key is
 * in the journal before its object is: publishing it twice, because a crash or a lost answer came
 * between, leaves one object, since a store never writes a key again. The window's file goes when
 * the journal says that the object is there.
 *
 * <p><b>Flow.</b> In: deliveries. Out: files in the state directory, then objects. Back: when the
 * places for sealed windows, the staged bytes or the disk are used up, deliveries are put off, and
 * the ring parks them.
 *
 * <p><b>Threads.</b> Blocking: one worker at a time. Encodes and uploads are on daemon threads that
 * all exports of the node share; see {@link io.penstock.exporter.sink.object.EncodeDesk} for how
 * many encode at once and when they pause.
 *
 * <p><b>Limits.</b> An open window costs no memory but its entry in the book. An encode holds about
 * twice {@code row_group_bytes}, of Parquet, and one frame of rows, which is as large as a
 * delivery; at most {@code max_encodes} run. On disk: {@code max_staged_bytes} and what is being
 * encoded. Exactly once holds as far as the state directory does: a node that lost it but kept its
 * ring may publish rows a second time under other keys.
 */
@NullMarked
package io.penstock.exporter.sink.object;

import org.jspecify.annotations.NullMarked;
