package io.penstock.exporter.sink;

import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The surroundings of a sink.
 *
 * @param vertx for clients and timers
 * @param repo the repo that is exported
 * @param export name of the export
 * @param stateDirectory where this sink alone may keep files that survive a restart; it exists
 * @param clock time of day
 */
public record SinkContext(
        Vertx vertx, RepoName repo, String export, Path stateDirectory, Clock clock) {}
