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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * What the cluster does, as readings. All nodes that may lead watch, from the members, the table
 * and the reports that they see, so that a new leader knows what the one before knew.
 *
 * <p>Threading: one round at a time; answers come on any thread, for the next round.
 */
final class ClusterReader {
    private static final long REPORT_MS = 1_000;

    private record Said(NodeId node, boolean leaves) {}

    private final WatchParts.Peers peers;
    private final LostNodes lost = new LostNodes();

    /** As many as {@link LostNodes} asks for at once, at the most. */
    private final Queue<Said> answers = new ConcurrentLinkedQueue<>();

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
        for (Said said = answers.poll(); said != null; said = answers.poll()) {
            lost.said(said.node, said.leaves);
        }
        lost.round(members, node.standing().table(), nowMs)
                .forEach(gone -> askFor(gone, membership));
        into.cover(Condition.NODE_LOST);
        members.forEach(
                each -> into.add(Condition.NODE_LOST, of(each), 0, Words.of(() -> "it is back")));
        lost.lost()
                .forEach(
                        (each, why) ->
                                into.add(Condition.NODE_LOST, of(each), 1, Words.of(() -> why)));
    }

    /** No answer is one too: who took its report along has died. */
    private void askFor(NodeId gone, Membership membership) {
        Future.fromCompletionStage(membership.reports().last(gone, REPORT_MS))
                .map(report -> report.map(NodeReport::leaving).orElse(false))
                .otherwise(false)
                .onSuccess(leaves -> answers.add(new Said(gone, leaves)));
    }

    private static Subject of(NodeId node) {
        return new Subject("", node.value());
    }
}
