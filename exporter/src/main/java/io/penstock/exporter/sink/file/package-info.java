/**
 * The sink that writes rolling files, each delivery exactly once.
 *
 * <p><b>What.</b> Records go to {@code <name>.part}, which becomes {@code <name>} by one rename
 * when it is large or old enough: what has the final name is whole and never changes. Names are
 * {@code <repo>@<export>-<epoch ms>-<sequence>.<format>[.gz|.zst]}; in the order of their names the
 * files hold the deliveries in the order in which they were written. An empty file is never
 * published.
 *
 * <p><b>Exactly once.</b> In the sink's state directory stands a {@link
 * io.penstock.exporter.sink.journal.Journal}. A delivery is appended to the part file, then a
 * record goes to the journal: the hash of its id, the end of its bytes in the file, their CRC. Only
 * then is it delivered. After a death at any point the next open cuts the part file back to the
 * last delivery that stands in the journal and whose bytes are whole, so half a delivery is never
 * seen; and a delivery that is offered again although it is in the journal is answered without
 * being written. Each delivery is a gzip member or zstd frame of its own, so a cut at a delivery's
 * end leaves a valid file. Error and crash share one way back: after a failed write the file
 * continues where the last delivery ended.
 *
 * <p><b>Flow.</b> In: deliveries. Out: files in {@code directory}.
 *
 * <p><b>Threads.</b> Blocking: one worker at a time, timers on the same context.
 *
 * <p><b>Limits.</b> The journal's ids, see its package. Exactly once holds through the death of the
 * process; through the loss of power it holds with {@code fsync: delivery}.
 */
@NullMarked
package io.penstock.exporter.sink.file;

import org.jspecify.annotations.NullMarked;
