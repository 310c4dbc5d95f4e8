/**
 * InfluxDB's {@code /write} of version 1 and {@code /api/v2/write}, and what clients ask before.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.door.influx.InfluxDoor} knows the paths and
 * parameters; {@code InfluxRequest} is one body; {@code InfluxAnswers} has InfluxDB's words, of
 * either version.
 *
 * <p><b>Flow.</b> Lines → {@code exporter.lineprotocol} → records → 204. Bad lines are left out and
 * told as a partial write, the good ones are staged. Lines become records at the door, as the unit
 * of their times stands in the query and not in the body.
 *
 * <p><b>Threads.</b> Bodies are read on worker threads, all else is confined to the event loop.
 *
 * <p><b>Limits.</b> Those of {@code exporter.lineprotocol}.
 */
@NullMarked
package io.penstock.gateway.door.influx;

import org.jspecify.annotations.NullMarked;
