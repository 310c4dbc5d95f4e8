package io.penstock.gateway.receipt;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.NodeReport;
import io.penstock.gateway.receipt.NodePlace.Sight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the admin port of a node of the cluster is, and which nodes there are or were: those in the
 * cluster, those that left a report, voters, and whom this node saw since it started.
 *
 * <p>Threading: any thread; never blocks.
 */
public final class NodeFinder {
    /** Longest wait for what a node said of itself. */
    static final long REPORT_MS = 2_000;

    /** Nodes that are remembered, those that were there last. */
    static final int MAX_REMEMBERED = 1_000;

    private final Vertx vertx;
    private final ClusterConfig config;
    private final Supplier<@Nullable Membership> membership;
    private final Map<NodeId, Long> seen = new LinkedHashMap<>(); // guarded by itself

    /**
     * That of a node.
     *
     * @param membership its place in the cluster; null when it has none
     */
    public NodeFinder(
            Vertx vertx, ClusterConfig config, Supplier<@Nullable Membership> membership) {
        this.vertx = vertx;
        this.config = config;
        this.membership = membership;
    }

    /** Notes who is there at a time, Unix milliseconds. */
    public void saw(List<Member> members, long nowMs) {
        synchronized (seen) {
            for (Member member : members) {
                seen.remove(member.id());
                seen.put(member.id(), nowMs);
            }
            while (seen.size() > MAX_REMEMBERED) {
                seen.remove(seen.keySet().iterator().next());
            }
        }
    }

    /** The host that this node has for the others of its cluster. */
    String ownHost() {
        return config.host();
    }

    /** Looks for a node. Completes on the caller's context. */
    Future<NodePlace> find(NodeId node) {
        if (!config.enabled()) {
            return Future.succeededFuture(NodePlace.UNKNOWN);
        }
        Membership in = membership.get();
        if (in == null || in.expelled().isPresent()) {
            return Future.succeededFuture(NodePlace.BLIND);
        }
        Member member = in.directory().find(node).orElse(null);
        return Future.fromCompletionStage(
                        in.reports().last(node, REPORT_MS), vertx.getOrCreateContext())
                .map(report -> place(node, member, report));
    }

    private NodePlace place(NodeId node, @Nullable Member member, Optional<NodeReport> report) {
        String admin = report.map(NodeReport::admin).orElse("");
        Long sawMs;
        synchronized (seen) {
            sawMs = seen.get(node);
        }
        long seenMs = sawMs == null ? report.map(NodeReport::sentMs).orElse(0L) : sawMs;
        if (member != null) {
            // the report of its last start may name a port that somebody else has by now
            boolean ofNow =
                    report.filter(said -> said.incarnation() == member.incarnation()).isPresent();
            return NodePlace.of(Sight.HERE, ofNow ? admin : "", seenMs);
        }
        boolean known =
                report.isPresent() || sawMs != null || config.voters().contains(node.value());
        return known ? NodePlace.of(Sight.GONE, admin, seenMs) : NodePlace.UNKNOWN;
    }
}
