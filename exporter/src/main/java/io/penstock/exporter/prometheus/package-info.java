/**
 * Prometheus remote write, version 1: series with samples, as protobuf.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.prometheus.WriteRequestReader} reads a {@code
 * prometheus.WriteRequest}.
 *
 * <p><b>Flow.</b> Bytes of a request, unpacked → a record per sample: {@code value}, and a text per
 * label, the metric's name in {@code __name__}, in batches of NDJSON.
 *
 * <p><b>Threads.</b> Confined to one thread.
 *
 * <p><b>Limits.</b> 1023 labels of a series, names of 240 bytes. Native histograms are not taken
 * and counted; exemplars and metadata belong to no sample and are passed over.
 */
@NullMarked
package io.penstock.exporter.prometheus;

import org.jspecify.annotations.NullMarked;
