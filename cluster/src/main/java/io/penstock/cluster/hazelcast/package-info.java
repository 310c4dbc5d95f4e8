/**
 * Membership by Hazelcast, and messages by Vert.x's event bus over it.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.hazelcast.HazelcastMembership} makes one Hazelcast
 * instance and one clustered Vert.x on it, and gives them out as the ports of {@link
 * io.penstock.cluster.member}.
 *
 * <p><b>Flow.</b> Hazelcast finds the members; each carries who it is as attributes of its member,
 * so the list of members is the directory, and its order, which the oldest member decides alone, is
 * what two nodes of one id are judged by. Tables and reports lie in maps as bytes; messages go from
 * event bus to event bus.
 *
 * <p><b>Threads.</b> One thread, {@code penstock-cluster}, does whatever blocks: join, leave,
 * checks. Ports call back on one event loop, that of the cluster's own Vert.x. On Hazelcast's
 * threads runs no more than a comparison of two versions.
 *
 * <p><b>Limits.</b> As {@link io.penstock.cluster.member} says. Nothing of Hazelcast that is not
 * consensus (locks, counters, the check of member counts) decides anything; its CP subsystem is not
 * used.
 */
@NullMarked
package io.penstock.cluster.hazelcast;

import org.jspecify.annotations.NullMarked;
