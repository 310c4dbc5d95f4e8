/**
 * What runs, and what it needs.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.task.Task} is a share of an export with what it needs,
 * in {@link io.penstock.cluster.task.Units}; {@link io.penstock.cluster.task.NeedForecast} says
 * what it will need.
 *
 * <p><b>Flow.</b> The task scanner makes tasks of exports; the planner places them.
 *
 * <p><b>Threads.</b> All types are immutable.
 *
 * <p><b>Limits.</b> An amount is at most {@link io.penstock.cluster.task.Units#MOST} units.
 */
@NullMarked
package io.penstock.cluster.task;

import org.jspecify.annotations.NullMarked;
