/**
 * What the sinks that write bytes share: formats and compression.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.sink.body.BodyFormat} names the forms in which
 * records leave the gateway, {@link io.penstock.exporter.sink.body.BodyWriter} writes a delivery in
 * one of them, {@link io.penstock.exporter.sink.body.Compressor} packs what was written.
 *
 * <p><b>Flow.</b> In: a {@code Delivery}. Out: pieces of at least {@value
 * io.penstock.exporter.sink.body.BodyWriter#PIECE_BYTES} bytes (the last one may be shorter) to a
 * {@link io.penstock.exporter.sink.body.ByteTarget}. Nothing is kept from one delivery to the next
 * but the buffers, and no object is made per record.
 *
 * <p><b>Threads.</b> An instance is confined to the context of the sink that made it.
 *
 * <p><b>Limits.</b> A writer holds one piece and the largest record; what grew over {@value
 * io.penstock.exporter.sink.body.BodyWriter#KEEP_BYTES} bytes is given back after the delivery.
 */
@NullMarked
package io.penstock.exporter.sink.body;

import org.jspecify.annotations.NullMarked;
