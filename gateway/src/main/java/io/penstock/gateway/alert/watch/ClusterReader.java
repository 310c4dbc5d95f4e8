package io.penstock.gateway.alert.watch;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.drive.Standing;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.NodeReport;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Readings;
import io.penstock.gateway.alert.Readings.Words;
import io.penstock.gateway.alert.Subject;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cluster does, as readings. All nodes that may lead watch, from the members, the table
 * and the reports that they see, so that a new leader knows what the one before knew.
 *
 * <p>Threading: one round at a time; reports are read beside the rounds.
 */
final class ClusterReader {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterReader.class);
    private static final long REPORTS_EVERY_MS = 2_000;
    private static final long REPORTS_MS = 1_000;

    private final WatchParts.Peers peers;
    private final LostNodes lost = new LostNodes();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Set<NodeId> leaving = Set.of();
    private long readMs = Long.MIN_VALUE;

    ClusterReader(WatchParts.Peers peers) {
        this.peers = peers;
    }

    /** The node that tells of what the cluster is about; this one where it is alone. */
    String leader(String self) {
        if (peers.membership().get() == null) {
            return self;
        }
        Standing standing = peers.node().get().map(ClusterNode::standing).orElse(null);
        if (standing == null) {
            return "";
        }
        NodeId known = standing.leader();
        if (known == null || known.value().equals(self)) {
            return standing.leads() ? self : "";
        }
        return known.value();
    }

    void read(Readings into, long nowMs) {
        Membership membership = peers.membership().get();
        ClusterNode node = peers.node().get().orElse(null);
        if (!peers.votes()
                || membership == null
                || node == null
                || membership.expelled().isPresent()) {
            return;
        }
        Set<NodeId> members =
                membership.directory().members().stream()
                        .map(Member::id)
                        .collect(Collectors.toSet());
        Map<NodeId, String> gone = lost.round(members, leaving, node.standing().table(), nowMs);
        into.cover(Condition.NODE_LOST);
        members.forEach(
                each -> into.add(Condition.NODE_LOST, of(each), 0, Words.of(() -> "it is back")));
        gone.forEach(
                (each, why) -> into.add(Condition.NODE_LOST, of(each), 1, Words.of(() -> why)));
        readReports(membership, nowMs);
    }

    private static Subject of(NodeId node) {
        return new Subject("", node.value());
    }

    private void readReports(Membership membership, long nowMs) {
        boolean isDue = readMs == Long.MIN_VALUE || Math.abs(nowMs - readMs) >= REPORTS_EVERY_MS;
        if (!isDue || !reading.compareAndSet(false, true)) {
            return;
        }
        readMs = nowMs;
        Future.fromCompletionStage(membership.reports().read(REPORTS_MS))
                .onSuccess(reports -> leaving = leaving(reports))
                .onFailure(failed -> LOG.debug("alerts: no reports of other nodes", failed))
                .onComplete(over -> reading.set(false));
    }

    /** A node that said so and is gone when the next reports are read stays among them. */
    private Set<NodeId> leaving(List<NodeReport> reports) {
        Set<NodeId> all = new HashSet<>();
        Set<NodeId> staying = new HashSet<>();
        for (NodeReport report : reports) {
            (report.leaving() ? all : staying).add(report.node());
        }
        leaving.stream()
                .filter(each -> !staying.contains(each))
                .limit(LostNodes.MAX_LOST)
                .forEach(all::add);
        return Set.copyOf(all);
    }
}
