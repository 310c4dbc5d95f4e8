/**
 * Loki's {@code /loki/api/v1/push}: JSON, and protobuf in a block of Snappy.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.door.loki.LokiDoor} knows the paths; {@code
 * LokiRequest} is one body.
 *
 * <p><b>Flow.</b> Body → {@code exporter.loki} → a record per line → 204. A request is taken whole
 * or not at all.
 *
 * <p><b>Threads.</b> Bodies are read on worker threads, all else is confined to the event loop.
 *
 * <p><b>Limits.</b> Those of {@code exporter.loki}; {@code max_inflated_bytes} for what is packed.
 */
@NullMarked
package io.penstock.gateway.door.loki;

import org.jspecify.annotations.NullMarked;
