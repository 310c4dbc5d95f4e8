/**
 * Leases: which node may run which task until when, and how a leader moves tasks so that none ever
 * runs twice.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.lease.Member} is one node's part in the cluster, and
 * the one entry to all of it; {@link io.penstock.cluster.lease.Surroundings} is what it asks of the
 * process around it. Inside: the node's lease, the voter that confirms and refuses, the leader that
 * knows who may hold what and comes by what people ordered.
 *
 * <p><b>Flow.</b> A node renews its lease with all voters and runs what its table says while enough
 * of them confirm → the leader turns a wanted placement into tables, row by row: it gives a task to
 * a node only when every other node's right to it has ended. docs/cluster.md has the protocol and
 * why it is sound.
 *
 * <p><b>Threads.</b> Pure and confined: one thread at a time calls a member, hands in the time and
 * messages, and is called back within. Only a voter's file waits, for the disk, so a member belongs
 * on a worker thread.
 *
 * <p><b>Limits.</b> {@code Message.MAX_NODES} nodes, {@code Message.MAX_RUNNING} tasks a node; a
 * leader holds some 200 bytes a task, a voter some 100 bytes a node.
 */
@NullMarked
package io.penstock.cluster.lease;

import org.jspecify.annotations.NullMarked;
