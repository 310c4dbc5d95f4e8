package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who is in the cluster, as this node sees it; others may see it a moment earlier or later. Being
 * listed is not a lease.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface NodeDirectory {
    /** This node. */
    NodeId self();

    /** Everybody, this node included, in the order in which they came: the first is the oldest. */
    List<Member> members();

    /** One of them. */
    default Optional<Member> find(NodeId id) {
        return members().stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /**
     * Whom to tell, with everybody who is there, after each change. Called on the cluster's event
     * loop; must not block. Replaces the one before.
     */
    void onChange(Consumer<List<Member>> listener);
}
