package io.penstock.gateway.boot;

import io.penstock.cluster.member.ExportLoad;
import io.penstock.exporter.fanout.BoundSink;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.gateway.cluster.ExportRates;
import io.penstock.gateway.cluster.SharedExports;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.ExportForm;
import io.penstock.gateway.definition.ClusterDefinitions;
import io.penstock.gateway.definition.DeskParts;
import io.penstock.gateway.definition.Elsewhere;
import io.penstock.gateway.definition.ExportBinder;
import io.penstock.gateway.definition.ExportDesk;
import io.penstock.gateway.definition.ExportKey;
import io.penstock.gateway.definition.FileDefinitions;
import io.penstock.gateway.definition.LiveExports;
import io.penstock.gateway.definition.NewerFormatException;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exports of this node, those of the configuration and those made by request: at this node
 * while it is alone, at any node of its cluster otherwise.
 *
 * <p>Threading: any thread.
 */
final class ExportsPart {
    private static final Logger LOG = LoggerFactory.getLogger(ExportsPart.class);

    /** Between two looks at what exports deliver; rates are averages over it. */
    private static final long LOOK_MS = 2_000;

    private final Gateway gateway;
    private final ExportTable configured;
    private final LiveExports live;
    private final FileDefinitions own;
    private final SharedExports shared;
    private final ClusterDefinitions common;
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
        this.own = new FileDefinitions(gateway.vertx(), gateway.config().node().dataDir());
        this.shared = gateway.cluster().shared();
        this.common = new ClusterDefinitions(gateway.vertx(), shared);
        boolean isAlone = !gateway.config().cluster().enabled();
        this.desk =
                new ExportDesk(
                        new DeskParts(
                                gateway.vertx(),
                                live,
                                new Binder(loader),
                                form,
                                gateway.stages(),
                                gateway.fanOut(),
                                directories,
                                isAlone ? Elsewhere.NOWHERE : shared),
                        isAlone ? own : common);
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
                                own.load();
                            } catch (NewerFormatException newer) {
                                throw new StartException(
                                        "node.data_dir: " + newer.getMessage(), newer);
                            }
                            if (gateway.config().cluster().enabled()) {
                                beginShared();
                            }
                            desk.begin();
                            return desk;
                        });
    }

    /** By the table on the disk, so that exports are there even where all else is down. */
    private void beginShared() throws Exception {
        common.begin(shared.kept());
        Set<ExportKey> known = new HashSet<>();
        common.list().forEach(each -> known.add(each.key()));
        List<ExportKey> left =
                own.list().stream()
                        .map(each -> each.key())
                        .filter(k -> !known.contains(k))
                        .toList();
        if (!left.isEmpty()) {
            LOG.warn(
                    "exports made by request while this node was alone are not used in a cluster;"
                            + " make them again: {}",
                    left);
        }
    }

    /** Takes requests. */
    Future<?> open() {
        desk.open();
        if (gateway.config().cluster().enabled()) {
            common.start();
        }
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
        // who waits for the cluster is told, so that the desk need not wait for it
        return common.close().eventually(desk::close);
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
