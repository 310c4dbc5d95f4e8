/**
 * The sink that sends each delivery as one HTTP request.
 *
 * <p><b>What.</b> A delivery becomes the body of a request: a JSON array, lines of JSON, lines of
 * text after a template, or protobuf frames; packed or not. {@code Idempotency-Key} carries the
 * delivery's id, the same through retries and crashes. HTTP/2 where TLS negotiates it, or by prior
 * knowledge when the configuration says so; otherwise HTTP/1.1 over kept-alive connections.
 *
 * <p><b>Answers.</b>
 *
 * <table>
 *   <caption>What an answer means</caption>
 *   <tr><td>2xx, and the whole answer arrived</td><td>Delivered</td></tr>
 *   <tr><td>408, 425, 429, 5xx</td><td>Retry, after Retry-After (seconds or date, at most an hour)
 *       when it says so</td></tr>
 *   <tr><td>{@code retry_statuses}: 401, 403, 404, 405, 407</td><td>Retry: a person mends the
 *       configuration and nothing was lost meanwhile</td></tr>
 *   <tr><td>other 4xx, 413 among them, and 3xx</td><td>Rejected: fan-out halves the delivery until
 *       the poison stands alone</td></tr>
 *   <tr><td>no connection, reset, half an answer, no answer within {@code timeout_ms}, not
 *       HTTP</td><td>Retry</td></tr>
 * </table>
 *
 * <p><b>Flow.</b> In: deliveries, encoded before the request begins. Out: requests to {@code url}.
 *
 * <p><b>Threads.</b> All on the event loop of the sink's context; nothing blocks.
 *
 * <p><b>Limits.</b> Memory: open deliveries x the size of a body. Connections: {@code
 * max_connections}. Of an answer at most {@value
 * io.penstock.exporter.sink.http.Exchange#MAX_ANSWER_BYTES} bytes are read and {@value
 * io.penstock.exporter.sink.http.Exchange#MAX_REASON_BYTES} kept.
 *
 * <p><b>Not yet.</b> Client certificates, redirects, bodies sent while they are encoded.
 */
@NullMarked
package io.penstock.exporter.sink.http;

import org.jspecify.annotations.NullMarked;
