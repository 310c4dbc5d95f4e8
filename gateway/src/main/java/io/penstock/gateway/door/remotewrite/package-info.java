/**
 * Prometheus remote write, version 1.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.door.remotewrite.RemoteWriteDoor} knows the path and
 * what the headers must say; {@code RemoteWriteRequest} is one body.
 *
 * <p><b>Flow.</b> Snappy → {@code exporter.prometheus} → a record per sample → 204. What is good in
 * a request is staged, and the answer is 400 when something was not: senders do not repeat 4xx, and
 * do repeat 429 and 5xx ("Prometheus Remote-Write 1.0 specification", retries). Version 2 is
 * answered with 415, upon which senders fall back to version 1.
 *
 * <p><b>Threads.</b> Bodies are read on worker threads, all else is confined to the event loop.
 *
 * <p><b>Limits.</b> {@code max_inflated_bytes}, looked at before anything is unpacked.
 */
@NullMarked
package io.penstock.gateway.door.remotewrite;

import org.jspecify.annotations.NullMarked;
