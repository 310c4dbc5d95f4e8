/**
 * The file that makes an export's place in a ring durable.
 *
 * <p>What. A {@link io.penstock.exporter.cursor.CursorFile} holds the position below which all is
 * settled, the counts that belong to it, and up to {@link
 * io.penstock.exporter.cursor.CursorLayout#SLOTS} takes: those lent out and those settled out of
 * order. {@link io.penstock.exporter.cursor.CursorLayout} draws it.
 *
 * <p>Flow. In: what a cursor of the ring decides. Out: the same after a restart.
 *
 * <p>Threads. Confined to one thread at a time.
 *
 * <p>Limits. Every change is atomic against a kill at any instruction. Against a loss of power it
 * is atomic per line and slot, and as old as the last {@code force}.
 */
@NullMarked
package io.penstock.exporter.cursor;

import org.jspecify.annotations.NullMarked;
