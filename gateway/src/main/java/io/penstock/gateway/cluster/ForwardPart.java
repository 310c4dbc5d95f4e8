package io.penstock.gateway.cluster;

import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.Membership;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.ForwardedExports;
import io.penstock.exporter.relay.Holdings;
import io.penstock.exporter.relay.RelayCounters;
import io.penstock.exporter.relay.RelayPlacement;
import io.penstock.exporter.relay.SinkPlacement;
import io.penstock.exporter.relay.TargetSpec;
import io.penstock.gateway.definition.ExportKey;
import io.penstock.gateway.peer.PeerLinks;
import io.penstock.gateway.peer.PeerSecret;
import io.penstock.gateway.peer.PeerServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries to and from other nodes, if this one is to be in a cluster: what it may deliver
 * itself, the ways to others, the port for what comes from them. A node that is alone makes nothing
 * of it.
 *
 * <p>Threading: any thread.
 */
final class ForwardPart {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardPart.class);
    private static final String DIRECTORY = "forwarded";

    /** Part of the stop deadline in which others may take this node's tasks over. */
    private static final double HAND_OVER_SHARE = 0.35;

    /** Part of it in which a leader leads on, to give its own tasks away. */
    private static final double LEAD_ON_SHARE = 0.2;

    /** For tasks that nobody took over to land what is under way. */
    private static final long END_MS = 1_000;

    private static final long LOOK_MS = 20;

    private final NodeInCluster cluster;
    private final ThisNode own;
    private final ClusterConfig config;
    private final Holdings holdings = new Holdings();
    private final RelayCounters counters = new RelayCounters();
    private final AssignedOwners owners;
    private final PeerLinks links;
    private volatile @Nullable ForwardedExports exports;
    private volatile @Nullable String linksDeployment;
    private volatile @Nullable String serverDeployment;
    private volatile int port;

    ForwardPart(NodeInCluster cluster) {
        this.cluster = cluster;
        this.own = cluster.own();
        this.config = own.config().cluster();
        this.owners = new AssignedOwners(cluster);
        this.links =
                new PeerLinks(
                                own.config().node().id(),
                                owners,
                                counters,
                                config.forwardMaxBytes(),
                                own.tls())
                        .showing(new PeerSecret(config.forwardKey()));
    }

    /** Where fan-out delivers. */
    SinkPlacement placement() {
        return config.enabled()
                ? new RelayPlacement(own.config().node().id(), holdings, links)
                : SinkPlacement.HERE;
    }

    /**
     * Opens the port, if there is to be a cluster; fails with a {@link ForwardPortException} where
     * it cannot.
     */
    Future<?> open() {
        if (!config.enabled()) {
            return Future.succeededFuture();
        }
        Vertx vertx = own.vertx();
        ForwardedExports made =
                new ForwardedExports(
                        new ForwardedExports.Settings(
                                vertx,
                                own.config().node().id(),
                                own.config().node().dataDir().resolve(DIRECTORY),
                                Clock.systemUTC(),
                                this::target,
                                config.forwardMaxBytes()),
                        holdings,
                        counters);
        exports = made;
        DeploymentOptions loops =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(() -> server(made), loops)
                .onSuccess(id -> serverDeployment = id)
                .recover(cause -> Future.failedFuture(new ForwardPortException(cause)))
                .compose(id -> vertx.deployVerticle(links))
                .onSuccess(id -> linksDeployment = id)
                .compose(id -> made.publishLeft());
    }

    /** What must be known of an export to deliver for others; empty when nobody defined it. */
    private Optional<TargetSpec> target(ExportName name) {
        return own.live()
                .find(new ExportKey(name.repo(), name.export()))
                .map(
                        found ->
                                new TargetSpec(
                                        found.sink().capabilities(),
                                        found.sink().keeps(),
                                        found.spec().concurrency(),
                                        found.spec().rate(),
                                        found.spec().timeoutMs(),
                                        found.sink()::create));
    }

    /** An export is another from now on, or is gone. */
    void changed(ExportKey key) {
        ForwardedExports there = exports;
        if (there != null) {
            there.forget(new ExportName(key.repo(), key.export()));
        }
    }

    private PeerServer server(ForwardedExports made) {
        return new PeerServer(
                        config.host(),
                        config.forwardPort(),
                        made,
                        owners,
                        bound -> port = bound,
                        own.tls())
                .guardedBy(new PeerSecret(config.forwardKey()));
    }

    /** {@code host:port} of the port; empty before it is open. */
    String address() {
        return port == 0 ? "" : config.host() + ":" + port;
    }

    /** What this node may deliver. */
    Holdings holdings() {
        return holdings;
    }

    RelayCounters counters() {
        return counters;
    }

    /** Bytes of other nodes' deliveries that are here. */
    long heldBytes() {
        ForwardedExports there = exports;
        return there == null ? 0 : there.heldBytes();
    }

    /**
     * Says that this node leaves, and waits until others have its tasks, up to a bound; until then
     * it leads on, if it does, up to another. At once when there are no others.
     */
    Future<?> handOver() {
        Membership membership = cluster.membership();
        if (membership == null || membership.directory().members().size() < 2) {
            return cluster.assignments().retire(0);
        }
        cluster.place().sayLeaving();
        long beganNs = System.nanoTime();
        return cluster.assignments()
                .retire(shareMs(LEAD_ON_SHARE))
                .compose(
                        led ->
                                until(
                                        () ->
                                                holdings.isEmpty()
                                                        && own.sources().areReleased()
                                                        && !cluster.assignments().hasRows(),
                                        shareMs(HAND_OVER_SHARE) - msSince(beganNs)))
                .onSuccess(
                        all ->
                                LOG.info(
                                        "cluster: {} after {} ms",
                                        all
                                                ? "others have all tasks of this node"
                                                : "not all tasks of this node were taken over",
                                        msSince(beganNs)));
    }

    private long shareMs(double share) {
        return (long) (own.config().node().stopDeadlineMs() * share);
    }

    private static long msSince(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ns);
    }

    /** Ends what is left, while the lease still allows what is under way to land. */
    Future<?> end() {
        holdings.releaseAll();
        return until(holdings::isEmpty, END_MS).onComplete(over -> holdings.cutAll());
    }

    private Future<Boolean> until(BooleanSupplier condition, long limitMs) {
        Promise<Boolean> done = Promise.promise();
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        if (condition.getAsBoolean()) {
            return Future.succeededFuture(true);
        }
        long timer =
                own.vertx()
                        .setPeriodic(
                                LOOK_MS,
                                look -> {
                                    boolean holds = condition.getAsBoolean();
                                    if (holds || System.nanoTime() >= endNs) {
                                        done.tryComplete(holds);
                                    }
                                });
        return done.future().onComplete(over -> own.vertx().cancelTimer(timer));
    }

    /** Closes everything. Safe without {@link #open}, and twice. */
    Future<?> close() {
        ForwardedExports there = exports;
        exports = null;
        Future<Void> ended = there == null ? Future.succeededFuture() : there.close();
        return ended.eventually(
                () -> Future.join(List.of(undeploy(serverDeployment), undeploy(linksDeployment))));
    }

    private Future<Void> undeploy(@Nullable String deployment) {
        return deployment == null
                ? Future.succeededFuture()
                : own.vertx().undeploy(deployment).otherwiseEmpty();
    }
}
