package io.penstock.gateway.cluster;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.message.Message.OrderAnswer;
import io.penstock.cluster.message.Message.OrderVerdict;
import io.penstock.cluster.store.Answer;
import io.penstock.cluster.store.DiskCopy;
import io.penstock.gateway.definition.Elsewhere;
import io.penstock.gateway.definition.ExportKey;
import io.penstock.gateway.definition.Loss;
import io.penstock.gateway.definition.SharedOrders;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The cluster, as far as exports made by request need it.
 *
 * <p>Threading: any thread.
 */
public final class SharedExports implements SharedOrders, Elsewhere {
    private static final long REPORTS_MS = 2_000;
    private static final long DISK_S = 20;

    private final NodeInCluster cluster;
    private final ThisNode own;

    SharedExports(NodeInCluster cluster) {
        this.cluster = cluster;
        this.own = cluster.own();
    }

    /** The orders of the table that this node had last; blocks. */
    public Orders kept() throws Exception {
        try (DiskCopy copy = new DiskCopy(AssignmentsPart.tableCopy(own.config()))) {
            Answer answer =
                    copy.newerThan(Version.NONE)
                            .toCompletableFuture()
                            .get(DISK_S, TimeUnit.SECONDS);
            return answer instanceof Answer.Found found ? found.table().orders() : Orders.NONE;
        }
    }

    @Override
    public Orders newest() {
        return cluster.node().map(node -> node.standing().table().orders()).orElse(Orders.NONE);
    }

    /** Forced: what orders harm is not for those who make exports to know. */
    @Override
    public Future<OrderAnswer> order(Version basis, String key, Optional<String> value) {
        SortedMap<String, Optional<String>> changes = new TreeMap<>();
        changes.put(key, value);
        return cluster.node()
                .map(
                        node ->
                                Future.fromCompletionStage(
                                        node.order(basis, true, changes),
                                        own.vertx().getOrCreateContext()))
                .orElseGet(() -> Future.succeededFuture(notNow()));
    }

    private static OrderAnswer notNow() {
        return new OrderAnswer(
                0, OrderVerdict.NOT_NOW, Version.NONE, "this node has no part in its cluster now");
    }

    @Override
    public Future<Loss> losing(ExportKey key) {
        Membership membership = cluster.membership();
        if (membership == null) {
            return Future.failedFuture("this node has no part in its cluster now");
        }
        NodeId self = membership.directory().self();
        return Future.fromCompletionStage(
                        membership.reports().read(REPORTS_MS), own.vertx().getOrCreateContext())
                .map(reports -> losing(key, self, others(membership, self), reports));
    }

    /** Those that are there, and voters that should be. */
    private SortedSet<String> others(Membership membership, NodeId self) {
        SortedSet<String> others = new TreeSet<>();
        membership.directory().members().forEach(member -> others.add(member.id().value()));
        ClusterTerms.of(own.config().cluster(), self)
                .voters()
                .forEach(voter -> others.add(voter.value()));
        others.remove(self.value());
        return others;
    }

    private static Loss losing(
            ExportKey key, NodeId self, SortedSet<String> others, List<NodeReport> reports) {
        SortedSet<String> unheard = new TreeSet<>(others);
        long records = 0;
        long bytes = 0;
        for (NodeReport report : reports) {
            unheard.remove(report.node().value());
            for (ExportLoad load : report.exports()) {
                boolean isIt = load.repo().equals(key.repo()) && load.export().equals(key.export());
                if (isIt && !report.node().equals(self)) {
                    records += load.lagRecords();
                    bytes += load.lagBytes();
                }
            }
        }
        return new Loss(records, bytes, 0, unheard);
    }
}
