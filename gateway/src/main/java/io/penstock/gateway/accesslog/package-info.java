/**
 * Streams of access-log lines, read and made up; {@code exporter.accesslog} knows one line.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.accesslog.AccessLogReader} makes batches of a stream
 * of lines; {@link io.penstock.gateway.accesslog.AccessLogGenerator} makes lines and records that
 * look like those of a busy site.
 *
 * <p><b>Flow.</b> In: bytes of a log. Out: calls to a {@link
 * io.penstock.exporter.record.BatchBuilder}, and a {@link
 * io.penstock.exporter.accesslog.MalformedLine} for each line that is none.
 *
 * <p><b>Threads.</b> Reader and generator are confined to one thread each.
 *
 * <p><b>Limits.</b> A line has at most {@value
 * io.penstock.gateway.accesslog.AccessLogReader#MAX_LINE_BYTES} bytes.
 */
@NullMarked
package io.penstock.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
