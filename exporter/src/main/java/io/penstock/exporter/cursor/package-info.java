/**
 * An export's place in a ring: the file that makes it durable and the runs above it.
 *
 * <p>What. A {@link io.penstock.exporter.cursor.CursorFile} holds the position below which all is
 * settled, the counts that belong to it, and up to {@link
 * io.penstock.exporter.cursor.CursorLayout#SLOTS} takes: those lent out and those settled out of
 * order, and how far each that is lent came, in words of its export. {@link
 * io.penstock.exporter.cursor.Takes} keeps the runs and moves the position over the settled ones,
 * {@link io.penstock.exporter.cursor.RunCutter} measures new ones, {@link
 * io.penstock.exporter.cursor.WakeUp} wakes an idle export.
 *
 * <p>Flow. In: what a cursor of the ring decides. Out: the same after a restart.
 *
 * <p>Threads. Guarded by the ring's cursor; the wake-up is for any thread.
 *
 * <p>Limits. Every change is atomic against a kill at any instruction. Against a loss of power it
 * is atomic per line, slot and note, and as old as the last force. A note has at most {@link
 * io.penstock.exporter.cursor.CursorLayout#MAX_PROGRESS_BYTES}.
 */
@NullMarked
package io.penstock.exporter.cursor;

import org.jspecify.annotations.NullMarked;
