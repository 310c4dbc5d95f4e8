/**
 * Access-log lines as records of {@link io.penstock.gateway.accesslog.AccessLogField twelve
 * fields}.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.accesslog.AccessLogParser} takes a line of a named
 * {@link io.penstock.gateway.accesslog.AccessLogFormat} apart; {@link
 * io.penstock.gateway.accesslog.AccessLogReader} makes batches of a stream of lines; {@link
 * io.penstock.gateway.accesslog.AccessLogGenerator} makes lines and records that look like those of
 * a busy site.
 *
 * <p><b>Flow.</b> In: bytes of a log. Out: calls to a {@link
 * io.penstock.exporter.record.BatchBuilder}, and a {@link
 * io.penstock.gateway.accesslog.MalformedLine} for each line that is none.
 *
 * <p><b>Threads.</b> Parser, reader and generator are confined to one thread each; the rest is
 * immutable.
 *
 * <p><b>Limits.</b> A line has at most {@value
 * io.penstock.gateway.accesslog.AccessLogReader#MAX_LINE_BYTES} bytes.
 */
@NullMarked
package io.penstock.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
