/**
 * What leaders decided, and why.
 *
 * <p><b>What.</b> A {@link io.penstock.cluster.history.DecisionLog} of {@link
 * io.penstock.cluster.history.Decision}s: which task went from where to where, in which version.
 *
 * <p><b>Flow.</b> The leader adds the moves of its plans; the admin API reads.
 *
 * <p><b>Threads.</b> The log is guarded by itself; adding writes a file.
 *
 * <p><b>Limits.</b> {@code capacity} decisions in memory and twice that on disk, some 200 bytes
 * each.
 */
@NullMarked
package io.penstock.cluster.history;

import org.jspecify.annotations.NullMarked;
