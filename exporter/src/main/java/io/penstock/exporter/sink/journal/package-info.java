/**
 * What lets a sink that writes files take each delivery exactly once.
 *
 * <p><b>What.</b> A {@link io.penstock.exporter.sink.journal.Journal} of append-only records says
 * which deliveries are whole, and where. A delivery counts when its record is in the journal; one
 * that is offered again is found by its {@link io.penstock.exporter.sink.journal.DeliveryHash}.
 * Records that belong together are appended in one write, and hold all or none.
 *
 * <p><b>Flow.</b> In: records, from the sink. Out: files {@code journal-<generation>} in the sink's
 * state directory, and, at opening, the records that were found.
 *
 * <p><b>Threads.</b> Everything is confined to one thread at a time; every call may block.
 *
 * <p><b>Limits.</b> At least the last {@value
 * io.penstock.exporter.sink.journal.Journal#IDS_PER_GENERATION} ids are remembered = 64 open takes
 * of an export times 512 slices into which each may have been bisected, and at most twice that: 2 x
 * 32,768 x 40 bytes = 2.6 MB of disk, and 2 x 32,768 x 16 bytes at a load of a half = 2 MiB of
 * memory, beside the records that a sink adds for each delivery.
 */
@NullMarked
package io.penstock.exporter.sink.journal;

import org.jspecify.annotations.NullMarked;
