/**
 * OTLP: batches of log records, metric data points and spans as the OpenTelemetry protocol carries
 * them.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.otlp.OtlpForm} teaches {@code exporter.record} the
 * three encodings; {@link io.penstock.exporter.otlp.Signals} are the messages as tables of field
 * numbers, from which scan, decoder and slicer are driven; {@link
 * io.penstock.exporter.otlp.OtlpJson} turns OTLP/JSON into the protobuf it stands for. The bytes of
 * a batch are an {@code Export*ServiceRequest}; two of them one behind the other are one request
 * with the records of both, as protobuf merges repeated fields.
 *
 * <p><b>Flow.</b> At the door {@code OtlpScan} counts records by their framing; behind the ring
 * {@code OtlpDecoder} collects what a resource, a scope, a metric and a record say, in slots that
 * are used again, and says it to a {@code RecordVisitor}: docs/otlp.md has the names. No object is
 * made per record or value.
 *
 * <p><b>Threads.</b> The tables are immutable; all else is confined to one thread.
 *
 * <p><b>Limits.</b> A batch has at most 1,000,000 records; together with what each inherits from
 * its resource, scope and metric they come to at most 1 GiB; a record has at most 4096 fields;
 * values nest at most 100 deep.
 */
@NullMarked
package io.penstock.exporter.otlp;

import org.jspecify.annotations.NullMarked;
