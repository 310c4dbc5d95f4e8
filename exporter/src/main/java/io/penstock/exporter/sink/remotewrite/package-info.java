/**
 * The sink for Prometheus and everything else that takes remote write: VictoriaMetrics, Mimir,
 * Thanos.
 *
 * <p><b>What.</b> Each numeric field of a record becomes a sample of the metric of its name, at the
 * record's time in milliseconds, with the fields named as {@code labels} for labels; booleans are 0
 * and 1, NaN and infinities are carried, texts that are no labels are left out. Names are made such
 * as Prometheus takes ({@link io.penstock.exporter.sink.remotewrite.MetricNames}). A record without
 * any numeric field is refused; a filter is the way to say that it is not wanted.
 *
 * <p><b>Answers.</b> As {@link io.penstock.exporter.sink.web} has it. Prometheus takes a request
 * whole or, for one sample that is out of order, too old, or another value for a time that has one,
 * not at all, with 400: fan-out halves the delivery until that record stands alone.
 *
 * <p><b>Once.</b> At least once. The same sample twice is one sample where it is the series'
 * newest; an older one is out of order at a Prometheus without {@code out_of_order_time_window}, so
 * that what is offered again after a lost answer may end as dead letters beside what is stored.
 *
 * <p><b>Flow.</b> In: deliveries, one after another, since samples of a series must come in order.
 * Out: write requests of version 0.1.0, packed by Snappy.
 *
 * <p><b>Threads.</b> All on the event loop of the sink's context; nothing blocks.
 *
 * <p><b>Limits.</b> Memory: one delivery, three times over: as samples, packed, and the request.
 */
@NullMarked
package io.penstock.exporter.sink.remotewrite;

import org.jspecify.annotations.NullMarked;
