/**
 * Where tables are kept.
 *
 * <p><b>What.</b> A {@link io.penstock.cluster.store.TableLevel} can be asked for a newer table; an
 * {@link io.penstock.cluster.store.AssignmentStore} also keeps one, newer instead of older, as one
 * step. {@link io.penstock.cluster.store.FileStore} is the store that needs nothing but a
 * directory; {@link io.penstock.cluster.store.DiskCopy} is a node's own copy.
 *
 * <p><b>Flow.</b> The leader saves; nodes read when the levels above have nothing newer. Answers
 * are values: found, nothing newer, empty, refused, down.
 *
 * <p><b>Threads.</b> Ports are for any thread and never block. Files are touched on one thread for
 * each directory.
 *
 * <p><b>Limits.</b> 16 requests wait for a directory; two tables and three files that were put
 * aside lie in it; a table has 64 MiB at most.
 */
@NullMarked
package io.penstock.cluster.store;

import org.jspecify.annotations.NullMarked;
