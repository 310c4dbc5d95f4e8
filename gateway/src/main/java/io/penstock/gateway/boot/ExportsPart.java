package io.penstock.gateway.boot;

import io.penstock.cluster.member.ExportLoad;
import io.penstock.exporter.fanout.BoundSink;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.ExportForm;
import io.penstock.gateway.definition.DeskParts;
import io.penstock.gateway.definition.ExportBinder;
import io.penstock.gateway.definition.ExportDesk;
import io.penstock.gateway.definition.ExportKey;
import io.penstock.gateway.definition.FileDefinitions;
import io.penstock.gateway.definition.LiveExports;
import io.penstock.gateway.definition.NewerFormatException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The exports of this node, those of the configuration and those made by request.
 *
 * <p>Threading: any thread.
 */
final class ExportsPart {
    /** Between two looks at what exports deliver; rates are averages over it. */
    private static final long LOOK_MS = 2_000;

    private final Gateway gateway;
    private final ExportTable configured;
    private final LiveExports live;
    private final FileDefinitions definitions;
    private final ExportDesk desk;
    private final ExportForm form;
    private final ExportRates rates = new ExportRates();
    private volatile List<ExportLoad> loads = List.of();
    private volatile long timer = -1;

    ExportsPart(
            Gateway gateway,
            ExportTable configured,
            LiveExports live,
            ConfigLoader loader,
            RepoDirectories directories) {
        this.gateway = gateway;
        this.configured = configured;
        this.live = live;
        this.form = loader.form();
        this.definitions = new FileDefinitions(gateway.vertx(), gateway.config().node().dataDir());
        this.desk =
                new ExportDesk(
                        new DeskParts(
                                gateway.vertx(),
                                live,
                                new Binder(loader),
                                form,
                                gateway.stages(),
                                gateway.fanOut(),
                                directories),
                        definitions);
    }

    /** By the rules of the configuration, and with its Kafka clusters. */
    private final class Binder implements ExportBinder {
        private final ConfigLoader loader;
        private final NamedClusters clusters = new NamedClusters(gateway.config().kafka());

        Binder(ConfigLoader loader) {
            this.loader = loader;
        }

        @Override
        public ExportSpec spec(Map<String, Object> entry) throws ConfigException {
            return loader.parseExport("request", entry, gateway.config());
        }

        @Override
        public BoundSink<?> sink(ExportSpec spec) throws ConfigException {
            return loader.bindSink(clusters.resolve(spec.sink()));
        }

        @Override
        public boolean names(ExportKey key) {
            return configured.hasOwn(key.repo(), key.export());
        }
    }

    /** Reads what was asked for, before the first repo is opened. */
    Future<?> load() {
        return gateway.vertx()
                .executeBlocking(
                        () -> {
                            try {
                                definitions.load();
                            } catch (NewerFormatException newer) {
                                throw new StartException(
                                        "node.data_dir: " + newer.getMessage(), newer);
                            }
                            desk.begin();
                            return desk;
                        });
    }

    /** Takes requests. */
    Future<?> open() {
        desk.open();
        timer =
                gateway.vertx()
                        .setPeriodic(
                                LOOK_MS, id -> gateway.vertx().executeBlocking(this::look, false));
        return Future.succeededFuture();
    }

    private synchronized List<ExportLoad> look() {
        loads = rates.since(gateway.fanOut().stats(), System.nanoTime());
        return loads;
    }

    /** Takes no more, and waits for those under way. */
    Future<?> close() {
        gateway.vertx().cancelTimer(timer);
        return desk.close();
    }

    /** What an export delivered per second lately; empty for one that does not run yet. */
    Optional<ExportLoad> load(ExportKey key) {
        return loads.stream()
                .filter(
                        load ->
                                load.repo().equals(key.repo())
                                        && load.export().equals(key.export()))
                .findFirst();
    }

    LiveExports live() {
        return live;
    }

    ExportTable configured() {
        return configured;
    }

    ExportDesk desk() {
        return desk;
    }

    ExportForm form() {
        return form;
    }
}
