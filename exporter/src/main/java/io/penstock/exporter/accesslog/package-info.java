/**
 * Lines of access logs, taken apart into {@link io.penstock.exporter.accesslog.AccessLogField
 * twelve fields}.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.accesslog.AccessLogParser} takes a line of a named
 * {@link io.penstock.exporter.accesslog.AccessLogFormat} apart.
 *
 * <p><b>Flow.</b> In: the bytes of a line. Out: calls to a {@link
 * io.penstock.exporter.record.RecordVisitor}, or a {@link
 * io.penstock.exporter.accesslog.MalformedLine} for a line that is none.
 *
 * <p><b>Threads.</b> A parser is confined to one thread; the rest is immutable.
 *
 * <p><b>Limits.</b> None of its own: whoever reads lines bounds their length.
 */
@NullMarked
package io.penstock.exporter.accesslog;

import org.jspecify.annotations.NullMarked;
