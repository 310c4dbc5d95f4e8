/**
 * What a node did lately: a round of its counters each second, and the last hours of them.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.history.Recorder} makes a {@link
 * io.penstock.gateway.history.Round} each second; {@link io.penstock.gateway.history.History} keeps
 * those of the last hours of the node, its busiest repos and its busiest exports. What shows, warns
 * or reports listens to the recorder: counters are read once for all of them.
 *
 * <p><b>Flow.</b> timer to {@code Sampler} to {@code History} to the listeners.
 *
 * <p><b>Threads.</b> Rounds run on worker threads, one at a time; a round that is late lets the
 * next one fall out.
 *
 * <p><b>Limits.</b> {@code History.MAX_BYTES} of numbers: {@code History.MAX_SERIES} series of
 * {@code Series.BYTES}.
 */
@NullMarked
package io.penstock.gateway.history;

import org.jspecify.annotations.NullMarked;
