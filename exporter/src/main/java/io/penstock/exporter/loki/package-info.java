/**
 * Loki's push requests, as JSON and as protobuf.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.loki.PushReader} reads JSON, {@link
 * io.penstock.exporter.loki.PushProtobuf} the binary form, whose labels are a text for {@code
 * LabelText}.
 *
 * <p><b>Flow.</b> Bytes of a request → a record per line: {@code message}, then the stream's
 * labels, then the line's structured metadata, in batches of NDJSON.
 *
 * <p><b>Threads.</b> Confined to one thread.
 *
 * <p><b>Limits.</b> 1023 labels and metadata of a line, names of 240 bytes; 4096 members of an
 * object, as {@code exporter.text} reads.
 */
@NullMarked
package io.penstock.exporter.loki;

import org.jspecify.annotations.NullMarked;
