/**
 * The sink SPI: what a plug-in that knows a target has to be, and what it may rely on.
 *
 * <p><b>What.</b> A {@link io.penstock.exporter.sink.SinkFactory}, found by {@link
 * java.util.ServiceLoader}, names a type of sink, its configuration record and its {@link
 * io.penstock.exporter.sink.Capabilities}, and makes a {@link io.penstock.exporter.sink.Sink} per
 * deployed export. A sink is lent a {@link io.penstock.exporter.sink.Delivery} and answers with an
 * {@link io.penstock.exporter.sink.Outcome}. It knows its target and nothing else: batching, retry,
 * back-off, bisection, dead letters, cursors, rates and metrics belong to fan-out, so that every
 * sink has them.
 *
 * <p><b>Flow.</b> In: deliveries, read by {@code read} (decoded, through one visitor for every
 * encoding) or {@code readRaw} (the bytes that arrived, unless the export has transforms). Out: to
 * the target. Back: {@code Delivered} commits the run; {@code Retry} offers the same delivery again
 * under the same id, after the target's own wish or the export's back-off; {@code Rejected} has
 * fan-out halve the delivery until the records that the target refuses stand alone. A sink that
 * meets a {@link io.penstock.exporter.record.MalformedBatchException} answers {@code Rejected}. Of
 * what the target may answer, nothing is an exception; a failed future is a defect of the sink.
 *
 * <p><b>Once.</b> A delivery's id is the same for the same records through retries, bisection and
 * crashes. A sink that leaves no second copy of an id at its target states so as {@code
 * idempotent}, and then records are delivered exactly once; otherwise at least once.
 *
 * <p><b>Threads.</b> Everything on the context that made the sink: an event loop, which {@code
 * deliver} must not hold up, or with {@code blocking} a worker context, one call at a time. Timers
 * set from there fire there. Up to {@code concurrency} futures may be open, one when {@code
 * ordered}.
 *
 * <p><b>Limits.</b> A delivery may be read until its future completes; arrays that a visitor is
 * shown are lent for the call. A sink's memory must be a constant of its configuration times the
 * deliveries that are open. The contract is a test: {@code
 * io.penstock.exporter.sink.contract.SinkContractTest} in the test jar of this module, which every
 * sink extends.
 */
@NullMarked
package io.penstock.exporter.sink;

import org.jspecify.annotations.NullMarked;
