package io.penstock.gateway.boot;

import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.RefusedException;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.fanout.Ledger;
import io.penstock.exporter.stage.DiskRings;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.access.Access;
import io.penstock.gateway.admin.AccessRoutes;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.LiveNode;
import io.penstock.gateway.admin.NodeView;
import io.penstock.gateway.boot.GatewayState.Event;
import io.penstock.gateway.boot.Steps.Step;
import io.penstock.gateway.cluster.ForwardPortException;
import io.penstock.gateway.cluster.NodeInCluster;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.definition.LiveExports;
import io.penstock.gateway.guard.GuardedPorts;
import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.log.LogRoutes;
import io.penstock.gateway.metrics.export.OwnMetrics;
import io.penstock.gateway.receipt.Elsewhere;
import io.penstock.gateway.receipt.Receipts;
import io.penstock.gateway.tenant.Tenancy;
import io.penstock.gateway.tls.TlsPorts;
import io.penstock.gateway.trace.Tracing;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: what it is made of, and the order in which it starts and stops. Must be stopped, even
 * when it was never started or could not.
 *
 * <p>Threading: any thread.
 */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** Part of the stop deadline in which exports may settle what is staged. */
    private static final double DRAIN_SHARE = 0.5;

    private final GatewayConfig config;
    private final Vertx vertx = GuardedPorts.vertx();
    private final Steps taken = new Steps(vertx);

    private final DiskRings rings;
    private final FanOut fanOut;
    private final StageRegistry stages;
    private final Tenancy tenancy;
    private final Sources sources;
    private final DataPort dataPort;
    private final Access access;
    private final NodeInCluster cluster;
    private final ExportsPart exports;
    private final NodeView view;
    private final AdminServer admin;
    private final TlsPorts tls;
    private final Tracing tracing;
    private final OwnMetrics ownMetrics;
    private final InsightPart insight;

    private volatile GatewayState state = GatewayState.LATENT;
    private volatile @Nullable DataDirectory data;
    private volatile int adminPort;
    private @Nullable Future<Boolean> stopped;

    /**
     * A node that holds nothing but threads.
     *
     * @param loader the one that read the configuration; binds the settings of its sinks
     */
    public Gateway(GatewayConfig config, ConfigLoader loader) throws ConfigException {
        this.config = config;
        RepoDirectories directories =
                new RepoDirectories(DataDirectory.reposUnder(config.node().dataDir()));
        ExportTable configured = new ExportTable(config, loader);
        LiveExports live = new LiveExports(configured);
        Clock clock = Clock.systemUTC();
        tls = tlsOf(vertx, config);
        int maxBatchBytes = config.ingress().maxBatchBytes();
        tenancy =
                new Tenancy(
                        configured.tenants(), config.sharing(), maxBatchBytes, System::nanoTime);
        rings = new DiskRings(config.ring(), config.staging());
        cluster = new NodeInCluster(new OwnNode(this));
        tracing = new Tracing(vertx, config.tracing(), config.node().id(), clock);
        fanOut =
                new FanOut(vertx, directories, live, clock, tracing.placement(cluster.placement()));
        fanOut.share(tenancy::deliveries);
        rings.share(tenancy::disk);
        Predicate<RepoName> creation = tenancy.creation(config.repos().autoCreate());
        Predicate<RepoName> admission =
                configured.admission(config.repos(), creation).or(live::names);
        stages =
                stagesOf(
                        config,
                        new StageRegistry.Wiring(
                                vertx, directories, rings, fanOut, admission, clock::millis));
        stages.quotas(tenancy);
        sources = new Sources(vertx, config, stages, tenancy);
        dataPort = new DataPort(vertx, config, stages, tls.ingress());
        dataPort.node().admission(tenancy);
        tracing.watch(dataPort.node());
        access =
                new Access(
                        vertx, config.access(), config.accessPlace(), tenancy.tenants()::tenantOf);
        dataPort.node().guardedBy(access.gate());
        exports = new ExportsPart(this, configured, live, loader, directories);
        live.onSet(cluster::changed);
        view = new LiveNode(stages, fanOut, directories);
        admin = new AdminServer(vertx, tls.admin()).guardedBy(access);
        ownMetrics = new OwnMetrics(vertx, config.node().id(), config.metrics(), stages::newIntake);
        addRoutes();
        insight = new InsightPart(this, loader, new Ledger(directories), admin);
    }

    private static TlsPorts tlsOf(Vertx vertx, GatewayConfig config) {
        return new TlsPorts(
                vertx, config.ingress().tls(), config.admin().tls(), config.cluster().tls());
    }

    private static StageRegistry stagesOf(GatewayConfig config, StageRegistry.Wiring wiring) {
        return new StageRegistry(wiring, config.ring(), config.staging(), config.sync());
    }

    private void addRoutes() {
        new AccessRoutes(access).addTo(admin);
        new AdminRoutes(this).addTo(admin);
        new ExportRoutes(this).addTo(admin);
        cluster.addTo(admin);
        LogRoutes.addTo(admin);
        String own = config.node().id();
        Elsewhere elsewhere = new Elsewhere(vertx, own, cluster.finder(), tls);
        new Receipts(vertx, own, stages, fanOut, view, elsewhere).addTo(admin);
    }

    /** Start reads down, stop reads up. */
    private List<Step> order() {
        return List.of(
                //       name              start                   stop
                new Step("data directory", this::lock, this::unlock),
                new Step("exports by request", exports::load, Future::succeededFuture),
                new Step("certificates", this::openTls, tls::close),
                new Step("keys", this::openAccess, access::close),
                new Step("admin port", this::openAdmin, admin::close),
                new Step("insight", insight::open, insight::close), // until the node stops
                new Step("traces", tracing::start, tracing::close), // behind the last delivery
                new Step("forwarding", this::openForwarding, cluster::closeForwarding),
                new Step("cluster", this::join, cluster::leave), // refused before anything runs
                new Step("ring files", Future::succeededFuture, this::closeRings),
                new Step("stages", stages::start, stages::close), // with cursors and sinks
                new Step("requests about exports", exports::open, exports::close),
                new Step("assignments", cluster::takePart, cluster::takeNoPart),
                new Step("deliveries", Future::succeededFuture, this::drain),
                new Step("sources", sources::start, sources::stop),
                new Step("own metrics", ownMetrics::start, ownMetrics::close),
                new Step("data port", dataPort::open, dataPort::close),
                new Step("hints", cluster::startHints, cluster::stopHints),
                new Step("announcement", this::announce, Future::succeededFuture),
                new Step("rounds", insight::watch, insight::rest), // while all of it is there
                new Step("tasks", Future::succeededFuture, cluster::handOver)); // and leadership
    }

    /** Starts; fails with a {@link StartException} that names what is in the way. */
    public Future<Void> start() {
        if (!moved(Event.START)) {
            return Future.failedFuture(new IllegalStateException("node is " + state));
        }
        return taken.start(order(), config.node().startDeadlineMs())
                .onSuccess(started -> moved(Event.STARTED))
                .recover(failure -> stop().compose(over -> Future.failedFuture(failure)));
    }

    /**
     * Stops, within the deadline of the configuration. Safe without start, and twice.
     *
     * @return whether everything ended in time; what could not be delivered stays staged
     */
    public synchronized Future<Boolean> stop() {
        Future<Boolean> already = stopped;
        if (already != null) {
            return already;
        }
        moved(Event.STOP);
        Future<Boolean> ends =
                taken.stop(config.node().stopDeadlineMs())
                        .compose(well -> vertx.close().map(well).otherwise(false))
                        .onComplete(over -> moved(Event.STOPPED));
        stopped = ends;
        return ends;
    }

    private synchronized boolean moved(Event event) {
        GatewayState after = state.after(event).orElse(null);
        if (after != null) {
            state = after;
            LOG.info("node {} is {}", config.node().id(), after);
        }
        return after != null;
    }

    private Future<?> lock() {
        return vertx.executeBlocking(
                () -> {
                    data = DataDirectory.open(config.node().dataDir(), config.node().id());
                    return data;
                });
    }

    private Future<?> unlock() {
        DataDirectory held = data;
        if (held == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(
                () -> {
                    held.close();
                    return held;
                });
    }

    private Future<?> openTls() {
        return tls.open()
                .recover(
                        cause ->
                                Future.failedFuture(
                                        new StartException(
                                                String.valueOf(cause.getMessage()), cause)));
    }

    private Future<?> openAccess() {
        return access.open()
                .recover(
                        cause ->
                                Future.failedFuture(
                                        new StartException("access." + cause.getMessage(), cause)));
    }

    private Future<?> openAdmin() {
        GatewayConfig.Admin where = config.admin();
        return admin.listen(where.host(), where.port())
                .onSuccess(port -> adminPort = port)
                .recover(
                        cause ->
                                Future.failedFuture(
                                        PortFailure.of(
                                                "admin", where.host(), where.port(), cause)));
    }

    private Future<?> openForwarding() {
        ClusterConfig where = config.cluster();
        return cluster.openForwarding()
                .recover(
                        cause ->
                                Future.failedFuture(
                                        cause instanceof ForwardPortException refused
                                                ? PortFailure.ofKey(
                                                        "cluster.forward_port",
                                                        where.host(),
                                                        where.forwardPort(),
                                                        refused.why())
                                                : cause));
    }

    private Future<?> join() {
        return cluster.join()
                .recover(
                        cause ->
                                Future.failedFuture(
                                        cause instanceof RefusedException refused
                                                ? new StartException(
                                                        String.valueOf(refused.getMessage()),
                                                        refused)
                                                : cause));
    }

    private Future<?> closeRings() {
        return vertx.executeBlocking(
                () -> {
                    rings.close();
                    return rings;
                });
    }

    private Future<?> drain() {
        return stages.drain((long) (config.node().stopDeadlineMs() * DRAIN_SHARE));
    }

    private Future<?> announce() {
        LOG.info(
                "node {} listens: data port {}:{}, admin port {}:{}",
                config.node().id(),
                config.ingress().host(),
                dataPort(),
                config.admin().host(),
                adminPort());
        if (!otlpPorts().isEmpty()) {
            LOG.info("OTLP: gRPC on port {}, HTTP on port {}", otlpPorts().toArray());
        }
        if (!doorPorts().isEmpty()) {
            LOG.info("doors with ports of their own: {}", doorPorts());
        }
        return vertx.executeBlocking(
                () -> {
                    DataDirectory held = data;
                    if (held != null) {
                        held.announce(
                                adminScheme() + config.admin().host() + ":" + adminPort(),
                                config.ingress().host() + ":" + dataPort());
                    }
                    return held;
                });
    }

    /** Where the node stands. */
    public GatewayState state() {
        return state;
    }

    /** What it was made from. */
    public GatewayConfig config() {
        return config;
    }

    /** What it holds. */
    public NodeView view() {
        return view;
    }

    /** Its stages. */
    public StageRegistry stages() {
        return stages;
    }

    /** Its exports. */
    public FanOut fanOut() {
        return fanOut;
    }

    /** Whose its repos are, and what they have. */
    public Tenancy tenancy() {
        return tenancy;
    }

    ExportsPart exports() {
        return exports;
    }

    NodeInCluster cluster() {
        return cluster;
    }

    Tracing tracing() {
        return tracing;
    }

    Access access() {
        return access;
    }

    OwnMetrics ownMetrics() {
        return ownMetrics;
    }

    Sources sources() {
        return sources;
    }

    /** The port for batches; 0 before it listens. */
    public int dataPort() {
        return dataPort.node().port();
    }

    /** The ports for OTLP alone, gRPC and HTTP; none unless the configuration says so. */
    public List<Integer> otlpPorts() {
        return dataPort.otlpPorts();
    }

    /** The ports of single doors, in the order of their settings. */
    public List<Integer> doorPorts() {
        return dataPort.doorPorts();
    }

    /** The admin port; 0 before it listens. */
    public int adminPort() {
        return adminPort;
    }

    /** What the admin port answers, as {@code GET /v1/nodes}. */
    Set<String> adminRoutes() {
        return admin.routes();
    }

    /** What stands before the address of the admin port, where there is more to say than that. */
    String adminScheme() {
        return tls.admin().isOn() ? "https://" : "";
    }

    TlsPorts tls() {
        return tls;
    }

    IngressNode ingress() {
        return dataPort.node();
    }

    DataPort port() {
        return dataPort;
    }

    Vertx vertx() {
        return vertx;
    }

    /** What shows, warns and reports. */
    InsightPart insight() {
        return insight;
    }
}
