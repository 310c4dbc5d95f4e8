/**
 * The sink that sends each delivery as one HTTP request.
 *
 * <p><b>What.</b> A delivery becomes the body of a request: a JSON array, lines of JSON, lines of
 * text after a template, or protobuf frames; packed or not. {@code Idempotency-Key} carries the
 * delivery's id, the same through retries and crashes. The request and what an answer means are
 * those of {@link io.penstock.exporter.sink.web}; {@code retry_statuses} says which 4xx are
 * retried.
 *
 * <p><b>Flow.</b> In: deliveries, encoded before the request begins. Out: requests to {@code url}.
 *
 * <p><b>Threads.</b> All on the event loop of the sink's context; nothing blocks.
 *
 * <p><b>Limits.</b> Memory: open deliveries x the size of a body. Connections: {@code
 * max_connections}.
 */
@NullMarked
package io.penstock.exporter.sink.http;

import org.jspecify.annotations.NullMarked;
