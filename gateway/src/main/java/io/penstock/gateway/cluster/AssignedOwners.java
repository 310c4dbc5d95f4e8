package io.penstock.gateway.cluster;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.Peer;
import io.penstock.gateway.peer.Owners;
import io.penstock.gateway.peer.TableVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which node owns an export, by the table that this node goes by. Of several the one with the
 * largest hash of node and key is taken (rendezvous hashing: Thaler and Ravishankar, 1998), so that
 * an owner that comes or goes moves only its own share.
 *
 * <p>Threading: any thread.
 */
final class AssignedOwners implements Owners {
    private final NodeInCluster cluster;
    private final NodeId self;
    private volatile Addresses addresses = new Addresses(List.of(), Map.of());

    /** Where the members take deliveries, as of one list of them. */
    private record Addresses(List<Member> of, Map<NodeId, String> byNode) {}

    AssignedOwners(NodeInCluster cluster) {
        this.cluster = cluster;
        this.self = new NodeId(cluster.own().config().node().id());
    }

    @Override
    public @Nullable Peer owner(ExportName export, long key) {
        Peer best = null;
        long bestHash = 0;
        for (Row row : rows(export)) {
            if (row.state() != Row.State.RUN || row.node().equals(self)) {
                continue;
            }
            String address = address(row.node());
            long hash = hash(row.node().value(), key);
            if (!address.isEmpty() && (best == null || hash > bestHash)) {
                best = new Peer(row.node().value(), address);
                bestHash = hash;
            }
        }
        return best;
    }

    @Override
    public boolean isWith(ExportName export, String node) {
        return rows(export).stream().anyMatch(row -> row.node().value().equals(node));
    }

    private Collection<Row> rows(ExportName export) {
        TaskKey first = new TaskKey(export.repo(), export.export(), 0);
        TaskKey end = new TaskKey(export.repo(), export.export(), Integer.MAX_VALUE);
        return table().rows().subMap(first, end).values();
    }

    private AssignmentTable table() {
        return cluster.node()
                .map(ClusterNode::standing)
                .map(standing -> standing.table())
                .orElse(AssignmentTable.NONE);
    }

    /** Finalizer of SplitMix64 (Steele, Lea, Flood, 2014), over both. */
    private static long hash(String node, long key) {
        long mixed = key * 0x9E3779B97F4A7C15L + node.hashCode();
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private String address(NodeId node) {
        Membership membership = cluster.membership();
        if (membership == null) {
            return "";
        }
        List<Member> now = membership.directory().members();
        Addresses known = addresses;
        if (known.of != now) {
            Map<NodeId, String> byNode = new HashMap<>();
            now.forEach(member -> byNode.put(member.id(), member.forward()));
            known = new Addresses(now, byNode);
            addresses = known;
        }
        return known.byNode.getOrDefault(node, "");
    }

    @Override
    public TableVersion version() {
        Version version = table().version();
        return new TableVersion(version.epoch(), version.sequence());
    }
}
