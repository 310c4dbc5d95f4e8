package io.penstock.gateway.cluster;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.lease.Member;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.store.AssignmentStore;
import io.penstock.cluster.store.FileStore;
import io.penstock.cluster.store.postgres.PostgresStore;
import io.penstock.gateway.config.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in what runs where, if it has joined a cluster: election, lease, table.
 *
 * <p>Threading: any thread.
 */
final class AssignmentsPart {
    private static final String DIRECTORY = "cluster";

    private final NodeInCluster cluster;
    private final ThisNode own;
    private final ClusterConfig config;
    private volatile @Nullable Running running;
    private volatile @Nullable Looked looked;

    /** What there is between start and stop. */
    private record Running(ClusterNode node, AssignmentStore store) {}

    /** What was seen in a table, which may be long. */
    private record Looked(Version at, boolean hasRows) {}

    AssignmentsPart(NodeInCluster cluster) {
        this.cluster = cluster;
        this.own = cluster.own();
        this.config = own.config().cluster();
    }

    /** Where a node keeps its copy of the last table. */
    static Path tableCopy(GatewayConfig config) {
        return ClusterNode.tableCopy(config.node().dataDir().resolve(DIRECTORY));
    }

    /** Takes part, if this node has joined. */
    Future<?> start() {
        Membership membership = cluster.membership();
        if (membership == null) {
            return Future.succeededFuture();
        }
        return own.vertx()
                .executeBlocking(
                        () -> {
                            Running made = make(membership);
                            running = made;
                            made.node.start();
                            return made;
                        });
    }

    private Running make(Membership membership) throws Exception {
        NodeId self = membership.directory().self();
        ClusterTerms terms = ClusterTerms.of(config, self);
        Path directory = own.config().node().dataDir().resolve(DIRECTORY);
        AssignmentStore store = store(own.vertx(), directory);
        Member.Identity me =
                new Member.Identity(
                        self,
                        cluster.place().incarnation(),
                        Voters.of(new TreeSet<>(terms.voters())),
                        Timing.of((int) terms.heartbeatMs(), (int) terms.leaseMs()));
        ClusterNode node =
                new ClusterNode(
                        new ClusterNode.Equipment(
                                me,
                                directory,
                                membership,
                                store,
                                config.pull(),
                                new AssignedTasks(cluster.forward().holdings(), own.sources())));
        return new Running(node, store);
    }

    private AssignmentStore store(Vertx vertx, Path directory) {
        ClusterConfig.Store stated = config.store();
        return switch (stated.kind()) {
            case FILE ->
                    new FileStore(
                            stated.directory().isEmpty()
                                    ? directory.resolve("store")
                                    : Path.of(stated.directory()));
            case POSTGRES -> new PostgresStore(vertx, stated.postgres(), config.name());
        };
    }

    /**
     * Lets another node lead, once others run what ran here, at the latest after so long. Safe
     * without {@link #start}.
     */
    Future<?> retire(long limitMs) {
        Running there = running;
        return there == null
                ? Future.succeededFuture()
                : Future.fromCompletionStage(there.node.retire(limitMs));
    }

    /**
     * Whether the table that this node goes by gives it some task still. A task that was stopped is
     * another's only when its node has said so twice: who leaves before is waited for as if it had
     * died.
     */
    boolean hasRows() {
        Running there = running;
        if (there == null) {
            return false;
        }
        AssignmentTable table = there.node.standing().table();
        Looked last = looked;
        if (last == null || !last.at.equals(table.version())) {
            NodeId self = new NodeId(own.config().node().id());
            last =
                    new Looked(
                            table.version(),
                            table.rows().values().stream()
                                    .anyMatch(row -> row.node().equals(self)));
            looked = last;
        }
        return last.hasRows;
    }

    /** Takes part no more. Safe without {@link #start}, and twice. */
    Future<?> stop() {
        Running there = running;
        running = null;
        if (there == null) {
            return Future.succeededFuture();
        }
        return cluster.forward()
                .end()
                .eventually(
                        () ->
                                own.vertx()
                                        .executeBlocking(
                                                () -> {
                                                    there.node.close();
                                                    there.store.close();
                                                    return there;
                                                }));
    }

    /** The part; empty while this node is alone. */
    Optional<ClusterNode> node() {
        Running there = running;
        return there == null ? Optional.empty() : Optional.of(there.node);
    }
}
