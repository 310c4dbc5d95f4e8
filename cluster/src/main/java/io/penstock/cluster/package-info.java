/**
 * Who is here, who schedules, and which task runs where: the words of it.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.Version} orders assignments, {@link
 * io.penstock.cluster.NodeId} and {@link io.penstock.cluster.TaskKey} name nodes and tasks.
 *
 * <p><b>Flow.</b> An elected leader writes assignments; every node pulls them and keeps the newest.
 *
 * <p><b>Threads.</b> All types are immutable.
 *
 * <p><b>Limits.</b> Names: see each type.
 */
@NullMarked
package io.penstock.cluster;

import org.jspecify.annotations.NullMarked;
