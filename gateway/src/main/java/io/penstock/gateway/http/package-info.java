/**
 * HTTP on the data port: {@code POST /v1/repos/{repo}/batches}, and OTLP.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.http.HttpIngress} checks path, method and headers;
 * {@code HttpPush} is one request, a {@code Dialect} how it is understood and answered; {@code
 * JsonAnswers} writes what goes back.
 *
 * <p><b>Flow.</b> Body chunks, over HTTP/2 and HTTP/1.1 alike → {@link
 * io.penstock.gateway.ingest.PushOffer} → {@code Intake} → JSON. The body is one batch in the
 * encoding that its media type names; what gRPC says in the envelope stands in the path and in the
 * headers {@code Penstock-Producer}, {@code Penstock-Sequence} and {@code Penstock-Ack}. Answers
 * may name nodes that are better asked: {@code Penstock-Owners}, {@code Penstock-Owners-Version}.
 *
 * <p><b>Threads.</b> Everything is confined to the event loop of its connection.
 *
 * <p><b>Limits.</b> {@code max_batch_bytes} as sent, {@code max_inflated_bytes} after gzip or zstd;
 * bodies are counted in the node's budget as they come.
 */
@NullMarked
package io.penstock.gateway.http;

import org.jspecify.annotations.NullMarked;
