/**
 * Records: the encodings in which they arrive, and one visitor that carries them to every format in
 * which they leave.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.record.BatchScan} looks at a batch at the door;
 * {@link io.penstock.exporter.record.RecordReader} decodes a staged one; {@link
 * io.penstock.exporter.record.RecordVisitor} is what decoders drive and writers implement: {@link
 * io.penstock.exporter.record.NdjsonWriter}, {@link io.penstock.exporter.record.JsonArrayWriter},
 * {@link io.penstock.exporter.record.TextTemplateWriter}, and {@link
 * io.penstock.exporter.record.BatchBuilder}, which makes the bytes that clients send. {@link
 * io.penstock.exporter.record.ByteChunks} reads bytes as the network left them. Encodings that take
 * more than a few types live in packages above and are found as {@link
 * io.penstock.exporter.record.BatchForm}.
 *
 * <p><b>Flow.</b> Chunks of a request, scan, ring; from the ring, reader, visitor, {@link
 * io.penstock.exporter.record.WriteBuffer}, target. There is no object per record or value on
 * either way.
 *
 * <p><b>Threads.</b> Every type with state is confined to one thread; records and enums are
 * immutable.
 *
 * <p><b>Limits.</b> A batch has at most 4096 fields and 1,000,000 records; a field name at most 255
 * bytes; a record at most what the scan was told.
 */
@NullMarked
package io.penstock.exporter.record;

import org.jspecify.annotations.NullMarked;
