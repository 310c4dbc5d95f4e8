/**
 * What: how fast the planner plans, how even, and how much it moves, on made-up clusters of any
 * size.
 *
 * <p>Flow: {@link io.penstock.perf.plan.MadeUpCluster} makes nodes and tasks out of a seed; {@link
 * io.penstock.perf.plan.PlanBench} plans from scratch, again without a change, after a node's
 * death, after one joined, and after a thousandth of the tasks changed.
 *
 * <p>Threads: the caller's; the planner has none of its own.
 *
 * <p>Limits: 10,000 nodes with 1,000,000 tasks take some 1.5 GB of heap.
 */
@NullMarked
package io.penstock.perf.plan;

import org.jspecify.annotations.NullMarked;
