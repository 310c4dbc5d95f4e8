/**
 * The value words that every module shares.
 *
 * <p><b>What.</b> Names and small values: {@link io.penstock.model.RepoName}, {@link
 * io.penstock.model.AckLevel}, {@link io.penstock.model.Receipt}, {@link
 * io.penstock.model.DeliveryId}, {@link io.penstock.model.PartitionShare}; and {@link
 * io.penstock.model.Setting}, by which a configuration record states its keys, and {@link
 * io.penstock.model.Require}, by which it refuses values; {@link io.penstock.model.Tls}, the keys
 * of any listening port; {@link io.penstock.model.TraceParent}, a place in a trace; {@link
 * io.penstock.model.Subject}, what a line of the log is about.
 *
 * <p><b>Flow.</b> Made at the edges (wire, configuration), passed by value through everything.
 *
 * <p><b>Threads.</b> All types are immutable.
 *
 * <p><b>Limits.</b> Each type states its own and refuses what is outside it.
 */
@NullMarked
package io.penstock.model;

import org.jspecify.annotations.NullMarked;
