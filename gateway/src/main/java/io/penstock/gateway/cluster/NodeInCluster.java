package io.penstock.gateway.cluster;

import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.RefusedException;
import io.penstock.exporter.relay.RelayCounters;
import io.penstock.exporter.relay.SinkPlacement;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.definition.ExportKey;
import io.penstock.gateway.receipt.NodeFinder;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in its cluster. Opened and closed in steps, between which the rest of the node
 * starts and stops; each is safe, and does nothing, in a node that is to be alone, and each that
 * closes is safe without the one that opens, and twice.
 *
 * <p>Threading: any thread.
 */
public final class NodeInCluster {
    private final ThisNode own;
    private final ForwardPart forward;
    private final ClusterPart place;
    private final AssignmentsPart assignments;
    private final HintPart hints;
    private final SharedExports shared;

    /** Holds nothing yet. */
    public NodeInCluster(ThisNode own) {
        this.own = own;
        this.forward = new ForwardPart(this);
        this.place = new ClusterPart(this);
        this.assignments = new AssignmentsPart(this);
        this.hints = new HintPart(this);
        this.shared = new SharedExports(this);
    }

    /** Has the admin port answer about the cluster, and take orders to it. */
    public void addTo(AdminServer admin) {
        new ClusterRoutes(this).addTo(admin);
        new OrderRoutes(this).addTo(admin);
    }

    /** Where fan-out delivers. */
    public SinkPlacement placement() {
        return forward.placement();
    }

    /**
     * Opens the port for deliveries of other nodes, and the ways to theirs; fails with a {@link
     * ForwardPortException} where the port cannot be opened.
     */
    public Future<?> openForwarding() {
        return forward.open();
    }

    /** Closes them. */
    public Future<?> closeForwarding() {
        return forward.close();
    }

    /** Joins; fails with a {@link RefusedException} when refused. */
    public Future<?> join() {
        return place.join();
    }

    /** Leaves. */
    public Future<?> leave() {
        return place.leave();
    }

    /** Takes part in what runs where: election, lease, table. */
    public Future<?> takePart() {
        return assignments.start();
    }

    /** Ends what is delivered for others, and takes part no more. */
    public Future<?> takeNoPart() {
        return assignments.stop();
    }

    /** Tells clients from now on which nodes own the exports of their repo. */
    public Future<?> startHints() {
        return hints.start();
    }

    /** Tells nothing any more. */
    public Future<?> stopHints() {
        return hints.stop();
    }

    /**
     * Says that this node leaves, and waits until others have its tasks, up to a share of the stop
     * deadline; until then it leads on, if it does. At once when there are no others.
     */
    public Future<?> handOver() {
        return forward.handOver();
    }

    /** An export is another from now on, or is gone. */
    public void changed(ExportKey export) {
        forward.changed(export);
    }

    /** Where this node has joined; null if it is alone, or has left. */
    public @Nullable Membership membership() {
        return place.membership();
    }

    /** Its part in what runs where; empty while it has none. */
    public Optional<ClusterNode> node() {
        return assignments.node();
    }

    /**
     * Everybody who is there, with their reports and what is ordered for them; a node that is alone
     * shows itself.
     */
    public Future<JsonObject> nodes() {
        return place.nodes();
    }

    /** Where the admin ports of the others are. */
    public NodeFinder finder() {
        return place.finder();
    }

    /** The cluster, as far as exports made by request need it. */
    public SharedExports shared() {
        return shared;
    }

    /** What went between this node and others. */
    public RelayCounters counters() {
        return forward.counters();
    }

    /** Bytes of other nodes' deliveries that are here. */
    public long heldBytes() {
        return forward.heldBytes();
    }

    ThisNode own() {
        return own;
    }

    ForwardPart forward() {
        return forward;
    }

    ClusterPart place() {
        return place;
    }

    AssignmentsPart assignments() {
        return assignments;
    }
}
