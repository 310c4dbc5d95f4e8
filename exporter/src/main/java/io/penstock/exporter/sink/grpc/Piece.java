package io.penstock.exporter.sink.grpc;

import io.vertx.core.buffer.Buffer;

/**
 * A part of a delivery that goes in one request.
 *
 * @param from its first record, counted from 0 in the delivery
 * @param records how many
 * @param message framed
 */
record Piece(int from, int records, Buffer message) {}
