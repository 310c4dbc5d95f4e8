/**
 * What sinks that speak HTTP share: the request, its limits, TLS, and what an answer means.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.sink.web.WebSink} makes a body of a delivery ({@link
 * io.penstock.exporter.sink.web.RequestBody}) and gives it to the {@link
 * io.penstock.exporter.sink.web.Dialect} of its kind of server, which makes a request of it and
 * reads the answer; {@link io.penstock.exporter.sink.web.WebClient} sends it to the {@link
 * io.penstock.exporter.sink.web.WebTarget}. HTTP/2 where TLS negotiates it, or by prior knowledge
 * when the configuration says so; otherwise HTTP/1.1 over kept-alive connections.
 *
 * <p><b>Answers.</b> Unless a dialect knows better ({@link
 * io.penstock.exporter.sink.web.StatusRules}):
 *
 * <table>
 *   <caption>What an answer means</caption>
 *   <tr><td>2xx, and the whole answer arrived</td><td>Delivered</td></tr>
 *   <tr><td>408, 425, 429, 5xx</td><td>Retry, after Retry-After (seconds or date, at most an hour)
 *       when it says so; 429 and 503 because the target is BUSY, 408 and 504 because it is SLOW,
 *       the others a FAULT</td></tr>
 *   <tr><td>what a person mends in a configuration, and nothing was lost meanwhile: 401, 403, 404,
 *       405, 407</td><td>Retry, FAULT</td></tr>
 *   <tr><td>other 4xx, 413 among them, and 3xx</td><td>Rejected: fan-out halves the delivery until
 *       the poison stands alone</td></tr>
 *   <tr><td>no connection, reset, half an answer, not HTTP</td><td>Retry, DOWN</td></tr>
 *   <tr><td>no answer within {@code timeout_ms}</td><td>Retry, SLOW</td></tr>
 *   <tr><td>no connection free among {@code max_connections}</td><td>Retry, BUSY</td></tr>
 * </table>
 *
 * <p><b>Flow.</b> In: deliveries, encoded before the request begins. Out: requests.
 *
 * <p><b>Threads.</b> All on the event loop of the sink's context; nothing blocks.
 *
 * <p><b>Limits.</b> Memory: open deliveries x the size of a body, which is {@code max_body_bytes}
 * where a sink has that key; a larger body is not sent but Rejected, so that fan-out halves it.
 * Connections: {@code max_connections}. Of an answer at most {@value
 * io.penstock.exporter.sink.web.WebClient#SHORT_ANSWER_BYTES} bytes are read unless a dialect needs
 * all of it, and {@value io.penstock.exporter.sink.web.WebAnswer#MAX_REASON_BYTES} go into a
 * reason.
 *
 * <p><b>Not yet.</b> Redirects, bodies sent while they are encoded.
 */
@NullMarked
package io.penstock.exporter.sink.web;

import org.jspecify.annotations.NullMarked;
