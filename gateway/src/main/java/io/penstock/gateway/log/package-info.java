/**
 * What the process says: form, level, and how often the same.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.log.Logs} sets Logback up by {@code log.*} of the
 * configuration, over what conf/logback.xml says of places: lines of text or of JSON ({@code
 * JsonLines}), and repetitions counted instead of written ({@code Repeats}). {@link
 * io.penstock.gateway.log.LogRoutes} shows and sets levels while the node runs.
 *
 * <p><b>Flow.</b> A logger's event to the filter of each appender of the root logger, to its
 * encoder. An argument that is a {@link io.penstock.model.Subject} says what the line is about: a
 * field of JSON for each of its parts, and, with the message's template, what counts as the same.
 *
 * <p><b>Threads.</b> Whoever logs; what was left out is said by a thread of Logback's.
 *
 * <p><b>Limits.</b> {@code Repeats.MOST_KEYS} kinds of lines are counted at once; {@code
 * JsonLines.MAX_TRACE_CHARS} of a stack trace are written.
 */
@NullMarked
package io.penstock.gateway.log;

import org.jspecify.annotations.NullMarked;
