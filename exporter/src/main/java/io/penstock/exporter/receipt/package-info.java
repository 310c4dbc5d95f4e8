/**
 * What became of one staged batch, per export.
 *
 * <p><b>What.</b> A {@link io.penstock.exporter.receipt.Fate}, derived from what there is anyway:
 * the export's cursor, whose takes are whole batches, and its dead letters, which name the batch
 * they are of. Nothing is noted per batch. {@link io.penstock.exporter.receipt.SettledRuns} keeps
 * of the runs that were settled lately when that was, and how they came out.
 *
 * <p><b>Flow.</b> Position of the batch's entry, below the cursor or in one of its runs or ahead of
 * it, to a state; then the dead letters of that position, and the run if it is remembered.
 *
 * <p><b>Threads.</b> Any; looking for dead letters blocks.
 *
 * <p><b>Limits.</b> {@code SettledRuns.MOST} runs per export, in memory: of older ones, and those
 * before a restart, it is known that they are settled and not when. {@code Fate.MAX_LETTERS} dead
 * letters are named.
 */
@NullMarked
package io.penstock.exporter.receipt;

import org.jspecify.annotations.NullMarked;
