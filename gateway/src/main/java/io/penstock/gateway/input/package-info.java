/**
 * Files and streams cut into batches, for the push verb.
 *
 * <p><b>What.</b> A {@link io.penstock.gateway.input.BatchSource} per kind of line: {@link
 * io.penstock.gateway.input.LineSource} for JSON and text, {@link
 * io.penstock.gateway.input.AccessLogSource} for access logs.
 *
 * <p><b>Flow.</b> Bytes in; batches out, as {@link io.penstock.client.Pusher} takes them. Lines
 * that are malformed are named and left out.
 *
 * <p><b>Threads.</b> Confined to the thread that reads, which waits for the stream.
 *
 * <p><b>Limits.</b> A batch ends at the {@link io.penstock.gateway.input.BatchLimit}; a line has a
 * length beyond which it is no record.
 */
@NullMarked
package io.penstock.gateway.input;

import org.jspecify.annotations.NullMarked;
