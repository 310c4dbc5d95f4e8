/**
 * The watch of a node: reads what it does against {@code gateway.alert}'s rules, and tells people.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.alert.watch.Watch} is made of {@link
 * io.penstock.gateway.alert.watch.WatchParts}: {@code ExportReader}, {@code HotTasks}, {@code
 * NodeReader}, {@code LedgerReader} and {@code ClusterReader} read, the board decides, {@code
 * MemoryFile} keeps what a restart must not forget, {@code WatchRoutes} answers on the admin port.
 *
 * <p><b>Flow.</b> a second of {@link io.penstock.gateway.history.Recorder} to the readers to the
 * board to the channels. The first round is when all stages are open, the last one before they are
 * closed: what is not there because the node starts or stops is not taken for gone.
 *
 * <p><b>Threads.</b> Rounds come on worker threads, one at a time; the ledger and the reports of
 * other nodes are read beside them, and what was found is taken into the next round.
 *
 * <p><b>Limits.</b> Those of {@code gateway.alert}; {@code Residues.MAX_ROWS} rows that do not
 * balance, {@code LostNodes.MAX_LOST} nodes and {@code LostNodes.MAX_TASKS} tasks of each, {@code
 * ExportReader.MAX_EXPORTS} exports whose attempts are counted; the file is written at most once a
 * second, and has at most {@code MemoryFile.MAX_BYTES}.
 */
@NullMarked
package io.penstock.gateway.alert.watch;

import org.jspecify.annotations.NullMarked;
