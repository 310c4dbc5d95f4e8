/**
 * What a ring makes of the files that it finds, decided once for every combination.
 *
 * <p>What. Five tables from facts to a decision: {@link
 * io.penstock.exporter.recovery.SnapshotTable} (how to open the ring), {@link
 * io.penstock.exporter.recovery.FileTable} (each segment file), {@link
 * io.penstock.exporter.recovery.EntryTable} (each place in a segment), {@link
 * io.penstock.exporter.recovery.CursorTable} (each cursor's file) and {@link
 * io.penstock.exporter.recovery.TakeTable} (each recorded take). Every row has a letter; a test
 * walks the product of the facts and proves that exactly one row matches each.
 *
 * <p>Flow. In: facts, found by whoever read the file. Out: a decision, carried out by the same.
 *
 * <p>Threads. Immutable.
 *
 * <p>Limits. Nothing here is fatal to the process. The one refusal is a file of a newer format: the
 * ring stays closed and untouched.
 */
@NullMarked
package io.penstock.exporter.recovery;

import org.jspecify.annotations.NullMarked;
