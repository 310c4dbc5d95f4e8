/**
 * How a node comes by its table.
 *
 * <p><b>What.</b> A {@link io.penstock.cluster.pull.TablePuller} decides which {@link
 * io.penstock.cluster.pull.Level} is read when, and keeps the newest answer.
 *
 * <p><b>Flow.</b> L1 (memory, with a copy on the local disk) from L2 (the map that the cluster
 * shares) from the store. In: the time, hints, answers. Out: {@link
 * io.penstock.cluster.pull.Step}s.
 *
 * <p><b>Threads.</b> Confined to one; no clock, no thread and no I/O in here.
 *
 * <p><b>Limits.</b> One read of a level in flight; {@code store_reads_per_minute} reads of the
 * store in any minute, whatever the number of tasks, hints and failures.
 */
@NullMarked
package io.penstock.cluster.pull;

import org.jspecify.annotations.NullMarked;
