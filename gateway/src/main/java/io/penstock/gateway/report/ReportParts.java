package io.penstock.gateway.report;

import io.penstock.cluster.drive.ClusterNode;
import io.penstock.gateway.history.Archive;
import io.penstock.gateway.tenant.TenantStats;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What reports are made from.
 *
 * @param vertx for timers and workers
 * @param node name of this node
 * @param archive the last weeks
 * @param capacity as {@code /v1/capacity}; blocks
 * @param nodes all nodes with their reports, as {@code /v1/nodes}
 * @param cluster this node's part in a cluster, if it has one
 * @param tenants what tenants have
 * @param dataDirectory under which reports are written unless the configuration says where
 */
public record ReportParts(
        Vertx vertx,
        String node,
        Archive archive,
        Callable<JsonObject> capacity,
        Supplier<Future<JsonObject>> nodes,
        Supplier<Optional<ClusterNode>> cluster,
        Supplier<List<TenantStats>> tenants,
        Path dataDirectory) {}
