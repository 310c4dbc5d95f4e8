package io.penstock.gateway.capacity;

import io.penstock.gateway.history.Archive;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What capacity is told from.
 *
 * @param vertx for timers and workers
 * @param node name of this node
 * @param archive the last weeks
 * @param cores that this node may use
 * @param heapBytes largest heap
 * @param diskBytes budget for staged data
 * @param networkBytesPerS stated in the configuration
 * @param nodes all nodes with their reports, as {@code /v1/nodes}
 * @param speaks whether this node speaks for all: it is alone, or leads
 */
public record CapacityParts(
        Vertx vertx,
        String node,
        Archive archive,
        double cores,
        long heapBytes,
        long diskBytes,
        long networkBytesPerS,
        Supplier<Future<JsonObject>> nodes,
        BooleanSupplier speaks) {}
