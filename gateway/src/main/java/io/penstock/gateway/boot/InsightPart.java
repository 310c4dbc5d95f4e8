package io.penstock.gateway.boot;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.exporter.fanout.Ledger;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.alert.watch.Watch;
import io.penstock.gateway.alert.watch.WatchParts;
import io.penstock.gateway.capacity.Capacity;
import io.penstock.gateway.capacity.CapacityParts;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.console.Console;
import io.penstock.gateway.console.ConsoleParts;
import io.penstock.gateway.definition.ExportKey;
import io.penstock.gateway.history.Archive;
import io.penstock.gateway.history.Recorder;
import io.penstock.gateway.notify.Channels;
import io.penstock.gateway.report.ReportParts;
import io.penstock.gateway.report.Reporting;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What shows, warns of and reports what a node does: all of it listens to one recorder.
 *
 * <p>Threading: any thread.
 */
final class InsightPart {
    private final Recorder recorder;
    private final Capacity capacity;
    private final Reporting reports;
    private final Console console;
    private final Watch watch;

    InsightPart(Gateway gateway, ConfigLoader loader, Ledger ledger, AdminServer admin) {
        GatewayConfig config = gateway.config();
        recorder =
                new Recorder(
                        gateway.vertx(),
                        gateway.stages(),
                        gateway.fanOut(),
                        config.node().dataDir());
        Archive archive = recorder.archive();
        capacity = new Capacity(carried(gateway, archive), config.capacity()).addTo(admin);
        reports = new Reporting(reported(gateway, archive), config.report()).addTo(admin);
        console = new Console(shown(gateway, loader), recorder).addTo(admin);
        watch = watch(gateway, ledger, recorder).addTo(admin);
        reports.by(
                config.report().channels().stream()
                        .map(watch.channels()::find)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Records from before anything runs. */
    Future<?> open() {
        return watch.open().compose(opened -> recorder.start());
    }

    /** Shows until nothing runs any more. */
    Future<?> close() {
        return Future.join(recorder.close(), watch.close(), console.close());
    }

    /** Warns and reports, while all of it is there. */
    Future<?> watch() {
        return Future.join(capacity.start(), reports.start(), watch.watch());
    }

    /** Warns and reports no more. */
    Future<?> rest() {
        return Future.join(watch.rest(), reports.close(), capacity.close());
    }

    Capacity capacity() {
        return capacity;
    }

    Watch alerts() {
        return watch;
    }

    /** What the console shows of a node. */
    private static ConsoleParts shown(Gateway gateway, ConfigLoader loader) {
        return new ConsoleParts(
                gateway.vertx(),
                gateway.stages(),
                gateway.fanOut(),
                loader.catalog(),
                () -> AdminRoutes.describe(gateway),
                () -> new ExportReports(gateway).list(null),
                () -> gateway.cluster().nodes(),
                () -> gateway.cluster().node());
    }

    /** The watch of a node, which listens to what is recorded. */
    private static Watch watch(Gateway gateway, Ledger ledger, Recorder recorder) {
        Channels channels =
                new Channels(
                        gateway.vertx(), gateway.config().notices(), System::currentTimeMillis);
        return new Watch(watched(gateway, ledger), recorder, channels);
    }

    private static WatchParts watched(Gateway gateway, Ledger ledger) {
        GatewayConfig config = gateway.config();
        WatchParts.Settings settings =
                new WatchParts.Settings(
                        config.node().id(),
                        config.alerts(),
                        config.node().dataDir(),
                        config.staging().maxBytes(),
                        () -> consoleOf(gateway));
        return new WatchParts(
                gateway.vertx(),
                settings,
                new WatchParts.Local(
                        gateway.stages(),
                        gateway.fanOut(),
                        ledger,
                        (repo, export) ->
                                gateway.exports()
                                        .live()
                                        .find(new ExportKey(repo, export))
                                        .isPresent()),
                gateway.tls(),
                gateway.sources()::stats,
                new WatchParts.Peers(
                        mayLead(config),
                        gateway.cluster()::membership,
                        () -> gateway.cluster().node()));
    }

    private static boolean mayLead(GatewayConfig config) {
        NodeId self = new NodeId(config.node().id());
        return config.cluster().enabled()
                && ClusterTerms.of(config.cluster(), self).voters().contains(self);
    }

    private static String consoleOf(Gateway gateway) {
        String scheme = gateway.adminScheme().isEmpty() ? "http://" : gateway.adminScheme();
        return scheme + gateway.config().admin().host() + ":" + gateway.adminPort() + "/console/";
    }

    /** What its capacity is told from. */
    private static CapacityParts carried(Gateway gateway, Archive archive) {
        GatewayConfig config = gateway.config();
        double stated = config.cluster().capacity().cores();
        return new CapacityParts(
                gateway.vertx(),
                config.node().id(),
                archive,
                stated == 0 ? Runtime.getRuntime().availableProcessors() : stated,
                Runtime.getRuntime().maxMemory(),
                config.staging().maxBytes(),
                config.cluster().capacity().networkPerSBytes(),
                () -> gateway.cluster().nodes(),
                () -> gateway.cluster().node().map(n -> n.standing().leads()).orElse(true));
    }

    /** What its reports are made from. */
    private static ReportParts reported(Gateway gateway, Archive archive) {
        return new ReportParts(
                gateway.vertx(),
                gateway.config().node().id(),
                archive,
                () -> gateway.insight().capacity().of(System.currentTimeMillis()),
                () -> gateway.cluster().nodes(),
                () -> gateway.cluster().node(),
                () -> gateway.tenancy().stats(),
                gateway.config().node().dataDir());
    }
}
