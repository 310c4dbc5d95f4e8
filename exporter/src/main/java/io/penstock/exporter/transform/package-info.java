/**
 * What an export does to records on their way from the ring to its sink: filter, change fields,
 * sample, parse.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.transform.TransformStep} is a step as a user writes
 * it; {@link io.penstock.exporter.transform.Transforms} is a list of them, compiled; {@link
 * io.penstock.exporter.transform.Verdicts} says of each record of a delivery whether it passes.
 * docs/transforms.md has every step with an example.
 *
 * <p><b>Flow.</b> A decoder drives {@link io.penstock.exporter.transform.Transforms#into} as it
 * would the sink's own visitor. Values gather in one {@code Row} of slots, the steps change it in
 * their order, and what passes is said to the sink's visitor. {@link
 * io.penstock.exporter.transform.Transforms#judge} runs the same steps and only notes what became
 * of each record, before anything is sent. For sinks that want bytes, {@link
 * io.penstock.exporter.record.NativeEncoder} encodes what passes.
 *
 * <p><b>Once.</b> What becomes of a record is a function of the record alone, sampling included:
 * the same in every attempt, bisection, replay and restart, as long as the steps are the same.
 *
 * <p><b>Threads.</b> Steps are immutable; compiled transforms are confined to the export's context.
 *
 * <p><b>Limits.</b> An export has at most {@value
 * io.penstock.exporter.transform.TransformStep#MAX_STEPS} steps; a record at most 4096 fields,
 * before and after. There is no object per record; a text that cannot be parsed makes one for its
 * reason. Memory is that of the largest record, and of the field names of a batch.
 */
@NullMarked
package io.penstock.exporter.transform;

import org.jspecify.annotations.NullMarked;
