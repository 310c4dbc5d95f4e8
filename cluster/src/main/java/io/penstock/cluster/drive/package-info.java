/**
 * The driver: makes election, leases, tables and plans one thing that runs.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.drive.ClusterNode} owns a node's {@link
 * io.penstock.cluster.lease.Member}, carries out what its puller wants read, writes the tables of a
 * leader, plans while it leads, and tells a {@link io.penstock.cluster.drive.TaskRunner} what runs
 * here.
 *
 * <p><b>Flow.</b> Messages, answers of levels and time in, through one queue; messages, reads,
 * writes and orders to the runner out.
 *
 * <p><b>Threads.</b> One thread, {@code penstock-member}, has the member, the puller and the
 * scheduler to itself and waits for the voter's file. Two more make plans and turn tables to bytes
 * and back, which takes as long as there are tasks. What others ask is answered from volatile
 * copies, on any thread.
 *
 * <p><b>Limits.</b> 64 orders on their way at a node. 1,024 items of 16 MiB in the queue: what
 * comes then is dropped, as a network drops it, and counted. Ticks are not queued. One plan and one
 * save at a time. 1,000 decisions.
 */
@NullMarked
package io.penstock.cluster.drive;

import org.jspecify.annotations.NullMarked;
