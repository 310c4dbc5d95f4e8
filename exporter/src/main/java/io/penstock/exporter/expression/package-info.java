/**
 * The language of conditions over a record's fields.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.expression.Expression} is a condition, compiled once;
 * {@link io.penstock.exporter.expression.FieldValues} is how it sees a record: values in numbered
 * slots. docs/transforms.md has the grammar.
 *
 * <p><b>Flow.</b> In: the text that a person wrote, and whoever gives slots to field names. Out:
 * yes or no, per record. No condition can fail on a record, and none allocates; what cannot be
 * compared is not equal, not less and not greater.
 *
 * <p><b>Threads.</b> An expression is confined to one thread, for the sake of its regular
 * expressions.
 *
 * <p><b>Limits.</b> An expression has at most {@value
 * io.penstock.exporter.expression.Expression#MAX_CHARACTERS} characters and nests {@value
 * io.penstock.exporter.expression.Expression#MAX_DEPTH} deep; regular expressions give a text up
 * after a number of steps.
 */
@NullMarked
package io.penstock.exporter.expression;

import org.jspecify.annotations.NullMarked;
