/**
 * What a node does in its cluster.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.cluster.NodeInCluster} joins and leaves, reports how
 * the node is doing, runs what it is assigned, takes deliveries to the nodes that own an export and
 * from those that do not, tells clients of owners, and answers at the admin port about all of it. A
 * node that is alone makes nothing of Hazelcast's.
 *
 * <p><b>Flow.</b> Heartbeats and orders out; tables in, and from them rights to deliver and to
 * pull. The rest of the node is asked through {@link io.penstock.gateway.cluster.ThisNode}.
 *
 * <p><b>Threads.</b> Heartbeats are made on a worker of their own, answers and hints on Vert.x's
 * workers, tasks are told by the member's thread; deliveries run on event loops.
 *
 * <p><b>Limits.</b> One heartbeat and one making of hints at a time; a share of the stop deadline
 * for handing tasks over; bytes of others' deliveries by {@code cluster.forward_max_bytes}.
 */
@NullMarked
package io.penstock.gateway.cluster;

import org.jspecify.annotations.NullMarked;
