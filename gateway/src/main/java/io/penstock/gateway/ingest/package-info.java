/**
 * What every way in shares: messages in flight, their limits, the scan at the door, and the offer.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.ingest.IngressVerticle} listens; {@link
 * io.penstock.gateway.ingest.Transport} is what gRPC and HTTP implement; a {@link
 * io.penstock.gateway.ingest.Lane} is what the requests of one event loop share; {@link
 * io.penstock.gateway.ingest.PushOffer} is one batch on its way into a stage; a {@link
 * io.penstock.gateway.ingest.Fault} is why not.
 *
 * <p><b>Flow.</b> Vert.x hands out heap chunks, a transport gathers them into one message's {@code
 * ByteChunks}; when it is whole, {@code PushOffer} reads the envelope and scans the framing where
 * the bytes lie and goes through {@code Intake}, which has them copied once, into the ring. What
 * comes back is a receipt or a fault.
 *
 * <p><b>Threads.</b> Everything is confined to the event loop of its lane, but {@link
 * io.penstock.gateway.ingest.IngressNode}, {@link io.penstock.gateway.ingest.BodyBudget} and {@link
 * io.penstock.gateway.ingest.IngressCounters}, which all lanes share.
 *
 * <p><b>Limits.</b> Heap held for bodies = {@code max_inflight_bytes} + one message ({@code
 * max_batch_bytes}) + bodies being inflated ({@link
 * io.penstock.gateway.ingest.BodyInflater#THREADS} x {@code max_inflated_bytes}) + what clients may
 * send unasked ({@code max_connections} x 64 KiB + {@code guard.max_window_bytes}). docs/limits.md
 * has the whole sum; what a connection may do is {@link io.penstock.gateway.guard}'s.
 */
@NullMarked
package io.penstock.gateway.ingest;

import org.jspecify.annotations.NullMarked;
