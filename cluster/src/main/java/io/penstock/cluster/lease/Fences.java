package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.message.Message.Clear;
import io.penstock.cluster.message.Message.Fence;
import io.penstock.cluster.message.Message.LeaderAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fences that a leader set in its epoch, each under a revision, and which voter has which. A
 * later fence of a node takes the place of the earlier one.
 */
final class Fences {
    private final Voters voters;
    private final TreeMap<Long, Fence> byRevision = new TreeMap<>();
    private final Map<NodeId, Long> revisions = new HashMap<>();
    private final Map<NodeId, Long> acknowledged = new HashMap<>();

    /** By fenced node, by voter: when the voter's yeses from before the fence are over. */
    private final Map<NodeId, Map<NodeId, Long>> clearAtNs = new HashMap<>();

    private long lastRevision;

    Fences(Voters voters) {
        this.voters = voters;
    }

    /** Sets a node's fence, if it is higher than what stands. */
    void raise(NodeId node, Version atLeast) {
        if (!atLeast.supersedes(versionOf(node))) {
            return;
        }
        Long old = revisions.put(node, ++lastRevision);
        if (old != null) {
            byRevision.remove(old);
        }
        byRevision.put(lastRevision, new Fence(node, atLeast));
        clearAtNs.remove(node);
    }

    Version versionOf(NodeId node) {
        Fence fence = byRevision.get(revisionOf(node));
        return fence == null ? Version.NONE : fence.atLeast();
    }

    long revisionOf(NodeId node) {
        return revisions.getOrDefault(node, 0L);
    }

    int count() {
        return revisions.size();
    }

    boolean isBehind(NodeId voter) {
        return acknowledgedBy(voter) < lastRevision;
    }

    long acknowledgedBy(NodeId voter) {
        return acknowledged.getOrDefault(voter, 0L);
    }

    /** What a voter does not have yet, as much as goes into one message. */
    List<Fence> missing(NodeId voter) {
        List<Fence> missing = new ArrayList<>();
        for (Fence fence : byRevision.tailMap(acknowledgedBy(voter), false).values()) {
            if (missing.size() == Message.MAX_FENCES) {
                break;
            }
            missing.add(fence);
        }
        return missing;
    }

    /** The revision up to which a voter is, once it has these. */
    long upTo(List<Fence> missing) {
        return missing.size() < Message.MAX_FENCES
                ? lastRevision
                : revisionOf(missing.get(missing.size() - 1).node());
    }

    void acknowledge(NodeId voter, LeaderAnswer answer, long nowNs) {
        if (!voters.contains(voter)) {
            return;
        }
        if (answer.afterRevision() <= acknowledgedBy(voter)) {
            acknowledged.merge(voter, answer.upToRevision(), Math::max);
        }
        for (Clear clear : answer.clears()) {
            NodeId node = clear.fence().node();
            if (clear.fence().atLeast().equals(versionOf(node))) {
                clearAtNs
                        .computeIfAbsent(node, n -> new HashMap<>())
                        .merge(voter, nowNs + clear.clearInNs(), Math::min);
            }
        }
    }

    /** The revision that a majority of the voters has reached: the mark. */
    long mark() {
        long[] sorted = voters.ids().stream().mapToLong(this::acknowledgedBy).sorted().toArray();
        return sorted[sorted.length - voters.majority()];
    }

    /** Whether a node's lease from before its fence is over, by the word of a majority. */
    boolean isClear(NodeId node, long nowNs) {
        Map<NodeId, Long> clears = clearAtNs.getOrDefault(node, Map.of());
        long[] over = clears.values().stream().mapToLong(Long::longValue).toArray();
        return Arrays.stream(over).filter(atNs -> atNs <= nowNs).count() >= voters.majority();
    }
}
