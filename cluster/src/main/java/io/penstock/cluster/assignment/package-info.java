/**
 * Tables of assignments.
 *
 * <p><b>What.</b> An {@link io.penstock.cluster.assignment.AssignmentTable} says for every task
 * which node has it, under one version, and carries what people want, {@link
 * io.penstock.cluster.assignment.Orders}; {@link io.penstock.cluster.assignment.TableCodec} makes
 * bytes of it and back, {@link io.penstock.cluster.assignment.Newest} keeps the newest.
 *
 * <p><b>Flow.</b> The elected leader writes a table; nodes pull it and keep the newest.
 *
 * <p><b>Threads.</b> All types but {@code Newest}, which is for any thread, are immutable.
 *
 * <p><b>Limits.</b> A table is held whole in memory, some 100 bytes a task; encoded it has 3 to 10
 * bytes a task and each name once, 64 MiB at most.
 */
@NullMarked
package io.penstock.cluster.assignment;

import org.jspecify.annotations.NullMarked;
