package io.penstock.gateway.console;

import io.penstock.cluster.drive.ClusterNode;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.stage.StageRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What the console shows.
 *
 * @param vertx for workers and timers
 * @param stages the repos that are open
 * @param fanOut the exports that run
 * @param catalog what an export may be made of
 * @param node this node, as {@code /v1/node}
 * @param exports all exports, as {@code /v1/exports}; blocks
 * @param nodes the nodes, as {@code /v1/nodes}
 * @param cluster this node's part in a cluster, if it has one
 */
public record ConsoleParts(
        Vertx vertx,
        StageRegistry stages,
        FanOut fanOut,
        Map<String, Object> catalog,
        Supplier<JsonObject> node,
        Callable<JsonObject> exports,
        Supplier<Future<JsonObject>> nodes,
        Supplier<Optional<ClusterNode>> cluster) {}
