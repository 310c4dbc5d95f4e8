package io.penstock.cluster.election;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a voter must not forget.
 *
 * <p>Threading: immutable.
 *
 * @param promisedEpoch the largest epoch that it granted or accepted
 * @param votedFor whose epoch that is; null for epoch 0
 * @param floorEpoch tables of smaller epochs are good for nothing new
 * @param fences by node: the least version of a table with which it gets a lease
 */
public record VoterState(
        long promisedEpoch,
        @Nullable NodeId votedFor,
        long floorEpoch,
        SortedMap<NodeId, Version> fences) {

    /** What a voter has that never voted. */
    public static final VoterState NEW = new VoterState(0, null, 0, Collections.emptySortedMap());

    /** Keeps the map, which nobody changes any more. */
    public VoterState {
        fences = Collections.unmodifiableSortedMap(fences);
    }

    /** The least version that a node's table must have. */
    public Version floor(NodeId node) {
        Version all = new Version(floorEpoch, 0);
        Version own = fences.getOrDefault(node, all);
        return own.supersedes(all) ? own : all;
    }

    /** After a promise. */
    public VoterState promising(long epoch, NodeId to) {
        return new VoterState(epoch, to, floorEpoch, fences);
    }

    /** After a leader's renewal, with its fences. Floors only rise. */
    public VoterState following(long epoch, NodeId leader, Map<NodeId, Version> raised) {
        boolean isNewLeader = epoch > floorEpoch;
        if (!isNewLeader && raised.isEmpty() && epoch == promisedEpoch) {
            return this;
        }
        SortedMap<NodeId, Version> all = new TreeMap<>();
        if (!isNewLeader) {
            all.putAll(fences);
        }
        all.putAll(raised);
        return new VoterState(epoch, leader, Math.max(floorEpoch, epoch), all);
    }
}
