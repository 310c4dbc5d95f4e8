/**
 * Where every task runs: a pure function from what was and what is to what shall be.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.plan.Planner} makes a {@link
 * io.penstock.cluster.plan.Plan} for each scheduling group: the new table, the moves with their
 * reasons, what stays unplaced and why.
 *
 * <p><b>Flow.</b> {@code Problem} (dense arrays) → {@code Placement} (who is where) changed by the
 * steps in order: {@code Pinning}, {@code Solitude} (exclusive tasks), {@code Arrivals}, then,
 * until nothing changes, {@code Relief} (nodes beyond their headroom), {@code Balance}, {@code
 * Spread}. Each of the latter makes one sum smaller and none that an earlier one made small larger,
 * which is why they end and why a plan made from a plan moves nothing: docs/scheduling.md.
 *
 * <p><b>Threads.</b> Everything happens on the caller's thread; plans are immutable.
 *
 * <p><b>Limits.</b> {@code Planner.MOST_ROUNDS} rounds; searches look at {@code Search.PROBES}
 * nodes where one of these will do, at all nodes where none does. Amounts are whole numbers of
 * millionths of a unit, so that sums do not depend on the order of moves.
 */
@NullMarked
package io.penstock.cluster.plan;

import org.jspecify.annotations.NullMarked;
