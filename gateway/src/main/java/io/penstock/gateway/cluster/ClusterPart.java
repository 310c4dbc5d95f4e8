package io.penstock.gateway.cluster;

import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.hazelcast.HazelcastMembership;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.RefusedException;
import io.penstock.gateway.admin.NodeReports;
import io.penstock.gateway.admin.OrderReports;
import io.penstock.gateway.receipt.NodeFinder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's place in a cluster, if it is to have one: joins, tells the others at every heartbeat
 * how it is doing, leaves. Whatever decides what runs here gets its directory, messages and tables
 * from the {@link Membership} that is held here. A node that is alone makes nothing of Hazelcast's.
 *
 * <p>Threading: any thread.
 */
final class ClusterPart {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterPart.class);

    /** Longest that the answer to {@code /v1/nodes} waits for reports. */
    private static final long REPORTS_MS = 2_000;

    private final NodeInCluster cluster;
    private final ThisNode own;
    private final ClusterConfig config;
    private final NodeProbe probe;
    private final NodeFinder finder;

    /** Whether a heartbeat is being made; one that comes meanwhile is left out. */
    private final AtomicBoolean beating = new AtomicBoolean();

    private volatile @Nullable Joined joined;
    private volatile long incarnation;
    private volatile boolean leaving;
    private volatile @Nullable Membership entered;

    /** What there is between join and leave. */
    private record Joined(Membership membership, WorkerExecutor worker, long timer) {}

    ClusterPart(NodeInCluster cluster) {
        this.cluster = cluster;
        this.own = cluster.own();
        this.config = own.config().cluster();
        this.probe = new NodeProbe(cluster);
        this.finder = new NodeFinder(own.vertx(), config, this::membership);
    }

    /** Joins, if there is to be a cluster; fails with a {@link RefusedException} when refused. */
    Future<?> join() {
        if (!config.enabled()) {
            return Future.succeededFuture();
        }
        Vertx vertx = own.vertx();
        return vertx.executeBlocking(() -> Incarnation.next(own.config().node().dataDir()))
                .compose(
                        number -> {
                            incarnation = number;
                            Member self = probe.member(number);
                            Membership membership =
                                    new HazelcastMembership(
                                            config, self, ClusterTerms.of(config, self.id()));
                            entered = membership;
                            return Future.fromCompletionStage(membership.join())
                                    .onSuccess(in -> beat(membership));
                        });
    }

    private void beat(Membership membership) {
        Vertx vertx = own.vertx();
        WorkerExecutor worker = vertx.createSharedWorkerExecutor("heartbeat", 1);
        long timer =
                vertx.setPeriodic(0, config.heartbeatMs(), now -> heartbeat(membership, worker));
        joined = new Joined(membership, worker, timer);
    }

    /** Tells the others, from now on, that this node wants to be rid of its tasks. */
    void sayLeaving() {
        leaving = true;
        Joined in = joined;
        if (in != null) {
            heartbeat(in.membership, in.worker);
        }
    }

    private void heartbeat(Membership membership, WorkerExecutor worker) {
        if (!beating.compareAndSet(false, true)) {
            return;
        }
        finder.saw(membership.directory().members(), System.currentTimeMillis());
        worker.executeBlocking(() -> probe.report(incarnation, leaving))
                .onSuccess(report -> membership.reports().publish(report))
                .onFailure(failure -> LOG.warn("cluster: no heartbeat", failure))
                .onComplete(over -> beating.set(false));
    }

    /** Where this node has joined; null if it is alone, or has left. */
    @Nullable Membership membership() {
        Joined in = joined;
        return in == null ? null : in.membership;
    }

    /** Which start of this node this is; 0 before it joins. */
    long incarnation() {
        return incarnation;
    }

    /** Leaves. Safe without {@link #join}, and twice. */
    Future<?> leave() {
        Joined in = joined;
        joined = null;
        if (in != null) {
            own.vertx().cancelTimer(in.timer);
        }
        Membership membership = entered;
        if (membership == null) {
            return Future.succeededFuture();
        }
        return Future.fromCompletionStage(membership.leave())
                .eventually(() -> in == null ? Future.<Void>succeededFuture() : in.worker.close());
    }

    /**
     * Everybody who is there, with their reports and what is ordered for them; a node that is alone
     * shows itself.
     */
    Future<JsonObject> nodes() {
        return listed().map(nodes -> OrderReports.ontoNodes(nodes, table()));
    }

    /** Where the admin ports of the others are. */
    NodeFinder finder() {
        return finder;
    }

    private AssignmentTable table() {
        return cluster.node().map(node -> node.standing().table()).orElse(AssignmentTable.NONE);
    }

    private Future<JsonObject> listed() {
        Joined in = joined;
        if (in == null) {
            return alone();
        }
        Membership membership = in.membership;
        return Future.fromCompletionStage(membership.reports().read(REPORTS_MS))
                .map(
                        reports ->
                                NodeReports.of(
                                                membership.directory().self(),
                                                membership.directory().members(),
                                                reports)
                                        .put("cluster", config.name())
                                        .put("expelled", membership.expelled().orElse(null)));
    }

    private Future<JsonObject> alone() {
        return own.vertx()
                .executeBlocking(
                        () -> {
                            Member self = probe.member(incarnation);
                            return NodeReports.of(
                                            self.id(),
                                            List.of(self),
                                            List.of(probe.report(incarnation, leaving)))
                                    .putNull("cluster");
                        },
                        false);
    }
}
