/**
 * The fields of many batches together: what a file with one schema needs to know of its rows.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.schema.FieldUnion} gives every field that was seen
 * one number and remembers the {@link io.penstock.exporter.schema.ValueKind kinds} of its values;
 * {@link io.penstock.exporter.schema.UnionVisitor} collects it; {@link
 * io.penstock.exporter.schema.UnionNumbers} translates each batch's own numbers.
 *
 * <p><b>Flow.</b> In: a decoder's calls, once to collect and once to write. Out: the union, and the
 * numbers by which a writer finds its columns.
 *
 * <p><b>Threads.</b> Confined to one thread.
 *
 * <p><b>Limits.</b> A union grows with the names that it has seen; whoever owns it bounds the rows
 * of a file.
 */
@NullMarked
package io.penstock.exporter.schema;

import org.jspecify.annotations.NullMarked;
