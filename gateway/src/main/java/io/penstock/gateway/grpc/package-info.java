/**
 * gRPC on the data port: the two push methods and OTLP by our own framing, everything else by
 * Vert.x gRPC.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.grpc.GrpcIngress} looks at the path; {@code PushCall}
 * is one call of {@code Push}, {@code PushStream} or {@code Export}, told apart by its {@code
 * Method}; {@code GrpcFramer} cuts its bytes into messages; {@code Status} and {@code Answers}
 * write what goes back. {@code Health} and {@code Reflection} are services beside it, their calls
 * {@code ControlCall}s; a {@code DescriptorIndex} is what reflection knows.
 *
 * <p><b>Flow.</b> HTTP/2 DATA in chunks → framer → {@link io.penstock.gateway.ingest.PushOffer} →
 * {@code Intake}; receipts come back through the call in the order of the requests. Why not through
 * Vert.x gRPC: its deframer gathers each message in one growing buffer, limits the compressed
 * length only, and hangs on a compressed message without an encoding.
 *
 * <p><b>Threads.</b> Everything is confined to the event loop of its connection.
 *
 * <p><b>Limits.</b> {@code PushCall.MAX_IN_FLIGHT} requests of a stream wait for their answers,
 * then it is not read; nor is it while its client does not read answers. After a refusal up to
 * {@code Discard.MAX_BYTES} more are read and dropped, then the stream is reset. Health has {@code
 * Health.MAX_WATCHERS} watchers per event loop.
 */
@NullMarked
package io.penstock.gateway.grpc;

import org.jspecify.annotations.NullMarked;
