/**
 * The fields of many batches together: what a file with one schema needs to know of its rows.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.schema.FieldUnion} gives every field that was seen
 * one number and remembers the {@link io.penstock.exporter.schema.ValueKind kinds} of its values;
 * {@link io.penstock.exporter.schema.UnionVisitor} stands before a writer and translates each
 * batch's own numbers.
 *
 * <p><b>Flow.</b> In: a decoder's calls. Out: the same calls under the union's numbers.
 *
 * <p><b>Threads.</b> Confined to one thread.
 *
 * <p><b>Limits.</b> A union grows with the names that it has seen; whoever owns it bounds the rows
 * of a file.
 */
@NullMarked
package io.penstock.exporter.schema;

import org.jspecify.annotations.NullMarked;
