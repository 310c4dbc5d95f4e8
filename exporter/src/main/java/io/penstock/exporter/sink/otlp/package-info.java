/**
 * The sink that hands on by OTLP what came by OTLP.
 *
 * <p><b>What.</b> The staged bytes go out as they are: those of one delivery that are of one signal
 * are one request, for requests one behind the other are a request, as protobuf merges repeated
 * fields ({@link io.penstock.exporter.sink.otlp.OtlpRequests}). A delivery that holds logs, metrics
 * and traces is up to three. Nothing is decoded, but where a batch was larger than a delivery the
 * messages around its parts are written again. Over gRPC by prior knowledge or TLS, or over HTTP.
 *
 * <p><b>Answers.</b> By the OTLP specification 1.10, "Failures": over gRPC CANCELLED,
 * DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS, and RESOURCE_EXHAUSTED with a
 * RetryInfo, over HTTP 429, 502, 503 and 504 are tried again, after the time that the target
 * states; all else is Rejected, and halved until the poison stands alone. But for what a person
 * mends in a configuration, which is tried again, so that nothing is lost meanwhile: NOT_FOUND,
 * PERMISSION_DENIED, UNIMPLEMENTED, UNAUTHENTICATED; 401, 403, 404, 405, 407.
 *
 * <p><b>Partial success.</b> The specification forbids to send such a request again, and the answer
 * does not say which records the target dropped. So all records of the request become dead letters
 * with the target's reason, or count as delivered, as {@code on_partial_success} says. Rejected
 * none, with a message, is a warning: delivered.
 *
 * <p><b>Others.</b> Records that did not come by OTLP are Rejected, with the reason; so is what
 * transforms made of those that did, which the configuration does not allow for this sink.
 *
 * <p><b>Flow.</b> In: deliveries. Out: requests.
 *
 * <p><b>Threads.</b> All on the event loop of the sink's context; nothing blocks.
 *
 * <p><b>Limits.</b> Memory: open deliveries, as messages. A request is at most {@code
 * max_body_bytes} before it is packed; a larger delivery is Rejected, so that fan-out halves it.
 */
@NullMarked
package io.penstock.exporter.sink.otlp;

import org.jspecify.annotations.NullMarked;
