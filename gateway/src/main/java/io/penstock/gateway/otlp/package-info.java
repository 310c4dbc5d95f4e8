/**
 * OTLP at the door, for whatever transport: which repo a request goes to, what its answer holds.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.otlp.OtlpSignal} are the three services and their
 * paths; {@link io.penstock.gateway.otlp.OtlpDoor} finds the repo of a request and makes an offer
 * of it; {@link io.penstock.gateway.otlp.RpcStatus} is the message in which refusals are told.
 * {@code gateway.grpc} and {@code gateway.http} speak it on the data port, and on ports of its own
 * when {@link io.penstock.gateway.otlp.OtlpConfig} says so.
 *
 * <p><b>Flow.</b> A whole message in; out of it a repo, by header, by an attribute of its
 * resources, or by default, and the message itself, byte for byte, as the batch of an {@code
 * ingest} offer.
 *
 * <p><b>Threads.</b> A door is confined to the event loop of its lane.
 *
 * <p><b>Limits.</b> Those of the data port. A request is staged whole or refused whole, so its
 * resources must name one repo.
 */
@NullMarked
package io.penstock.gateway.otlp;

import org.jspecify.annotations.NullMarked;
