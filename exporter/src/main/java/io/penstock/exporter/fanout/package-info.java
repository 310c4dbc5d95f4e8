/**
 * From the ring to the sinks: one verticle per export, driving one sink over one cursor.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.fanout.FanOut} runs the exports of every open stage;
 * {@link io.penstock.exporter.fanout.ExportSpec} is what a user writes about one; {@link
 * io.penstock.exporter.fanout.Ledger} says what became of every record.
 *
 * <p><b>Flow.</b> A verticle waits armed on its cursor, takes a run when it is large or old enough,
 * slices it into deliveries, judges by the export's transforms which records pass, lends those to
 * the sink, and settles: delivered ones count, what a transform drops counts as dropped, retried
 * ones wait for the back-off and go again under the same id, rejected ones are bisected until the
 * poison records stand alone and become dead letters. Where a target answers record by record, each
 * record goes its own way: those it refuses become dead letters at once, and those it puts off go
 * again alone, in as few slices as they form. A run is committed when all of it is settled and its
 * dead letters are forced.
 *
 * <p><b>Changes.</b> An export that is changed lands what is with its sink, and goes on through a
 * verticle and a sink made anew, over the same cursor; where that sink cannot be made, one is made
 * as before. A stage is not closed under a change.
 *
 * <p><b>Threads.</b> A verticle and its sink share one context: an event loop, or one worker at a
 * time for a blocking sink. Files of dead letters and cursors are opened, forced and closed on
 * worker threads. Getters and commands of {@code FanOut} are for any thread.
 *
 * <p><b>Limits.</b> Deliveries in flight ({@code concurrency}), runs open per cursor, bytes and
 * records per delivery, time per delivery, bytes of dead letters: keys of the export. Within them
 * {@code exporter.pressure} says how much a target gets. A stalled sink holds back its own cursor
 * and nothing else.
 *
 * <p><b>After a kill.</b> What of a run is settled, and in what pieces the rest is offered, is
 * noted beside the take before the next piece is lent ({@code Progress}). After a kill the settled
 * records are not offered again, and the others come in the same pieces, under the same ids. The
 * note has a bound: a run that lies in more pieces (about 200 of up to 31 records, 100 of up to
 * 4,095) keeps its last note that fitted, and what was settled since is offered again. A dead
 * letter is kept before its run is noted to be without it; one that a kill left between the two is
 * found in its store.
 *
 * <p><b>Not yet.</b> What a target took, and had not answered for when the process died, is offered
 * again: under the same id, but a target that answers record by record must know records apart, or
 * has them twice. So it has when {@code batch.max_records} or {@code batch.max_bytes} are changed
 * while a run is open that was not cut in pieces yet. A sink that blocks in a call for ever cannot
 * be interrupted: its export stands, and its time-out does not come.
 */
@NullMarked
package io.penstock.exporter.fanout;

import org.jspecify.annotations.NullMarked;
