/**
 * Exports to tasks of a standard size.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.sizing.TaskScanner} makes an export of ten times the
 * rate ten tasks; {@link io.penstock.cluster.sizing.ShareCount} splits at once and merges late;
 * {@link io.penstock.cluster.sizing.SourceShares} does it for a source; {@link
 * io.penstock.cluster.sizing.NeedModel} says what a rate needs.
 *
 * <p><b>Flow.</b> Exports with live and forecast rates in; tasks, a forecast and the counts to come
 * back with out. The planner places the tasks.
 *
 * <p><b>Threads.</b> All types are immutable, all functions pure.
 *
 * <p><b>Limits.</b> {@link io.penstock.cluster.sizing.ShareCount#MOST} tasks an export, and no more
 * than it has partitions.
 */
@NullMarked
package io.penstock.cluster.sizing;

import org.jspecify.annotations.NullMarked;
