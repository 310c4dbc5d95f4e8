package io.penstock.gateway.ingest;

import io.penstock.exporter.trace.Origin;
import io.penstock.gateway.access.Grant;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param grant what they may do
 * @param seat of the connection over which it came; null where connections are not counted
 * @param origin where it comes from; null where that is not traced
 */
public record Entrant(Grant grant, @Nullable Seat seat, @Nullable Origin origin) {}
