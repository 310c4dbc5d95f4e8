/**
 * What people order, as the scheduler understands it.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.order.OrderKey} names orders, {@link
 * io.penstock.cluster.order.Wishes} is what a map of them means for nodes, exports and groups,
 * {@link io.penstock.cluster.order.OrderRules} says which changes make no sense or would do harm.
 *
 * <p><b>Flow.</b> A change of the map is judged by the leader, goes into the next table, and is
 * read from there by the planner and by whoever shows it.
 *
 * <p><b>Threads.</b> All types are immutable.
 *
 * <p><b>Limits.</b> Those of {@link io.penstock.cluster.assignment.Orders}; {@link
 * io.penstock.cluster.order.OrderRules#MAX_NAMED} names of what there is in a refusal.
 */
@NullMarked
package io.penstock.cluster.order;

import org.jspecify.annotations.NullMarked;
