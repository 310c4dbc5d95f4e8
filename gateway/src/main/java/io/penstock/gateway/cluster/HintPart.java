package io.penstock.gateway.cluster;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.gateway.grpc.HintFields;
import io.penstock.gateway.ingest.RoutingHint;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients which nodes own the exports of their repo, where this one owns none of them: what
 * they push there need not be forwarded. Made anew when the table or the members change, looked at
 * each second; answers to pushes only read it. A node that is alone tells nothing.
 *
 * <p>Threading: any thread; made on a worker, one at a time.
 */
final class HintPart {
    private static final long LOOK_MS = 1_000;

    private final NodeInCluster cluster;
    private final ThisNode own;
    private final NodeId self;
    private volatile @Nullable Long timer;
    private volatile boolean making;
    private volatile AssignmentTable table = AssignmentTable.NONE;
    private volatile List<Member> members = List.of();

    HintPart(NodeInCluster cluster) {
        this.cluster = cluster;
        this.own = cluster.own();
        this.self = new NodeId(own.config().node().id());
    }

    /** Looks from now on, if there is a cluster. */
    Future<?> start() {
        if (own.config().cluster().enabled()) {
            timer = own.vertx().setPeriodic(LOOK_MS, look -> look());
        }
        return Future.succeededFuture();
    }

    /** Tells nothing any more. */
    Future<?> stop() {
        Long last = timer;
        if (last != null) {
            own.vertx().cancelTimer(last);
        }
        own.ingress().hint(Map.of());
        return Future.succeededFuture();
    }

    private void look() {
        ClusterNode node = cluster.node().orElse(null);
        Membership membership = cluster.membership();
        if (node == null || membership == null || making) {
            return;
        }
        AssignmentTable newest = node.standing().table();
        List<Member> there = membership.directory().members();
        if (newest.version().equals(table.version()) && there.equals(members)) {
            return;
        }
        making = true;
        own.vertx()
                .executeBlocking(() -> hints(newest, there), false)
                .onSuccess(
                        hints -> {
                            own.ingress().hint(hints);
                            table = newest;
                            members = there;
                        })
                .onComplete(over -> making = false);
    }

    private Map<RepoName, RoutingHint> hints(AssignmentTable newest, List<Member> there) {
        Map<NodeId, String> addresses = new HashMap<>();
        there.forEach(member -> addresses.put(member.id(), member.data()));
        Map<RepoName, Set<NodeId>> owners = new HashMap<>();
        for (Map.Entry<TaskKey, Row> row : newest.rows().entrySet()) {
            if (row.getValue().state() == Row.State.RUN && !row.getKey().isSource()) {
                owners.computeIfAbsent(row.getKey().repo(), repo -> new TreeSet<>())
                        .add(row.getValue().node());
            }
        }
        Map<RepoName, RoutingHint> hints = new HashMap<>();
        owners.forEach(
                (repo, nodes) -> {
                    List<String> known =
                            nodes.stream()
                                    .map(node -> addresses.getOrDefault(node, ""))
                                    .filter(address -> !address.isEmpty())
                                    .toList();
                    if (!nodes.contains(self) && !known.isEmpty()) {
                        hints.put(
                                repo,
                                HintFields.hint(
                                        known,
                                        newest.version().epoch(),
                                        newest.version().sequence()));
                    }
                });
        return hints;
    }
}
