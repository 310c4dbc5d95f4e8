/**
 * Nodes, and the groups in which they are scheduled.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.group.Node} is a machine as the planner sees it;
 * {@link io.penstock.cluster.group.SchedulingGroup} holds nodes and tasks that are scheduled
 * together and apart from all others, by its own {@link io.penstock.cluster.group.Weights} and
 * {@link io.penstock.cluster.group.Smoothing}.
 *
 * <p><b>Flow.</b> Nodes come from heartbeats, groups from the configuration; both go to the
 * planner.
 *
 * <p><b>Threads.</b> All types are immutable.
 *
 * <p><b>Limits.</b> Ranges: see each constructor.
 */
@NullMarked
package io.penstock.cluster.group;

import org.jspecify.annotations.NullMarked;
