package io.penstock.gateway.definition;

import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.config.ExportForm;
import io.vertx.core.Vertx;

/**
 * What the desk works with.
 *
 * @param vertx for workers
 * @param exports the catalog that the fan-out asks
 * @param binder makes exports of entries
 * @param form masks, unmasks and compares them
 * @param stages the repos that are open
 * @param fanOut runs exports
 * @param directories where repos lie
 * @param elsewhere what other nodes have
 */
public record DeskParts(
        Vertx vertx,
        LiveExports exports,
        ExportBinder binder,
        ExportForm form,
        StageRegistry stages,
        FanOut fanOut,
        RepoDirectories directories,
        Elsewhere elsewhere) {}
