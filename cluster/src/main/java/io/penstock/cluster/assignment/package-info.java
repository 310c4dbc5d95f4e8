/**
 * Tables of assignments.
 *
 * <p><b>What.</b> An {@link io.penstock.cluster.assignment.AssignmentTable} says for every task
 * which node has it, under one version.
 *
 * <p><b>Flow.</b> The elected leader writes a table; nodes pull it and keep the newest.
 *
 * <p><b>Threads.</b> All types are immutable.
 *
 * <p><b>Limits.</b> A table is held whole in memory, some 100 bytes a task.
 */
@NullMarked
package io.penstock.cluster.assignment;

import org.jspecify.annotations.NullMarked;
