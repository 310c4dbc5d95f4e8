/**
 * The sinks' contract test kit.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.sink.contract.SinkContractTest} holds a sink to the
 * contract of {@code io.penstock.exporter.sink}: extend it, say how the target is asked what
 * arrived, and, where the target can be made to misbehave, how. Built into the test jar of the
 * exporter, so that sinks that live elsewhere can be held to it too.
 *
 * <p><b>Flow.</b> {@link io.penstock.exporter.sink.contract.SinkDriver} stands in for fan-out: it
 * offers deliveries on the sink's own context and offers again what is to be retried.
 *
 * <p><b>Threads.</b> Tests call from the test's thread and wait; the sink sees its context only.
 *
 * <p><b>Limits.</b> No wait is longer than {@value
 * io.penstock.exporter.sink.contract.SinkDriver#WAIT_SECONDS} s.
 */
@NullMarked
package io.penstock.exporter.sink.contract;

import org.jspecify.annotations.NullMarked;
