/**
 * How much a target gets at once, and when: limits that are learnt, waits after failures, rates.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.pressure.Pressure} answers fan-out's three questions:
 * may another delivery start, when at the earliest, and how large may the next one be. {@link
 * io.penstock.exporter.pressure.PressureConfig}, {@link io.penstock.exporter.pressure.RateConfig}
 * and {@link io.penstock.exporter.pressure.BackOff} are what a user writes about it.
 *
 * <p><b>Flow.</b> In: each delivery when it starts and when it comes back, with its response time
 * or the cause of its refusal. Out: a limit of concurrency, a limit of bytes, a time. Each change
 * of a limit is told to a listener with its signal. The rule and its sources stand in
 * docs/pressure.md.
 *
 * <p><b>Threads.</b> Plain computing, confined to the export's context; only {@code stats()} is for
 * any thread. Time is a parameter: nanoseconds of a clock that never goes back.
 *
 * <p><b>Limits.</b> Concurrency lies between {@code pressure.min_concurrency} and {@code
 * concurrency}, bytes between {@code pressure.min_batch_bytes} and {@code batch.max_bytes}; every
 * wait has a longest value. The state of an export is a few hundred bytes. Limits are not kept over
 * a restart: an export starts large.
 */
@NullMarked
package io.penstock.exporter.pressure;

import org.jspecify.annotations.NullMarked;
