/**
 * The segments of a ring in their order, and the files that they live in.
 *
 * <p>What. {@link io.penstock.exporter.chain.SegmentChain} knows which segment follows which and
 * where writers claim, {@link io.penstock.exporter.chain.SegmentPool} makes, keeps and deletes
 * files within the budgets, {@link io.penstock.exporter.chain.SegmentRecovery} takes up what an
 * earlier process left, {@link io.penstock.exporter.chain.Tally} counts records and {@link
 * io.penstock.exporter.chain.ChainForce} makes them survive a loss of power.
 *
 * <p>Flow. In: files and numbers. Out: segments that are ready, live or spare.
 *
 * <p>Threads. Readers of the chain and of the tally: any. Changes: under the ring's maintenance
 * lock.
 *
 * <p>Limits. At most {@link io.penstock.exporter.chain.SegmentPool#MAX_FILES} files.
 */
@NullMarked
package io.penstock.exporter.chain;

import org.jspecify.annotations.NullMarked;
