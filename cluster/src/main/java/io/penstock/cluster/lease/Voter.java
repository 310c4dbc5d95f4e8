package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.election.Ballot;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.VoterState;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.message.Message.Clear;
import io.penstock.cluster.message.Message.Fence;
import io.penstock.cluster.message.Message.LeaderAnswer;
import io.penstock.cluster.message.Message.LeaderRenew;
import io.penstock.cluster.message.Message.Renew;
import io.penstock.cluster.message.Message.RenewAnswer;
import io.penstock.cluster.message.Message.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A voter's answers to nodes and to the leader. Floors and promises are on disk; whom it confirmed
 * when is not, so a voter that has started lately says that it may have confirmed anybody.
 */
class Voter {

    /** The last yes that a node had. */
    private record Yes(long incarnation, long atNs) {}

    private final Timing timing;
    private final Ballot ballot;
    private final KeptOrders kept;
    private final long startedNs;
    private final Map<NodeId, Yes> confirmed = new HashMap<>();

    /** Who may have held a lease by this voter when it accepted the present floor epoch. */
    private final Set<NodeId> holders = new HashSet<>();

    /** By fenced node: its last yes from before the fence. */
    private final Map<NodeId, Long> quietSinceNs = new HashMap<>();

    Voter(Timing timing, Ballot ballot, KeptOrders kept, long nowNs) {
        this.timing = timing;
        this.ballot = ballot;
        this.kept = kept;
        this.startedNs = nowNs;
    }

    Ballot ballot() {
        return ballot;
    }

    /** Why it abstains; empty if it votes. */
    String fault() {
        return ballot.fault().isEmpty() ? kept.fault() : ballot.fault();
    }

    /** The orders on its disk. */
    KeptOrders kept() {
        return kept;
    }

    void tick(long nowNs) {
        ballot.tick(nowNs);
        confirmed.values().removeIf(yes -> nowNs - yes.atNs() > timing.fenceWaitNs());
    }

    /** Answers a node; null when the voter abstains. */
    @Nullable RenewAnswer answer(NodeId node, Renew renew, long nowNs) {
        if (!fault().isEmpty()) {
            return null;
        }
        Verdict verdict = verdict(node, renew, nowNs);
        if (verdict == Verdict.YES) {
            confirmed.put(node, new Yes(renew.incarnation(), nowNs));
        }
        VoterState state = ballot.state();
        return new RenewAnswer(
                renew.incarnation(),
                renew.sentNs(),
                verdict,
                state.promisedEpoch(),
                state.floor(node),
                ballot.leader());
    }

    private Verdict verdict(NodeId node, Renew renew, long nowNs) {
        VoterState state = ballot.state();
        if (renew.table().epoch() > state.promisedEpoch()) {
            return Verdict.UNKNOWN_EPOCH;
        }
        if (state.floor(node).supersedes(renew.table())) {
            boolean holdsStill =
                    !state.fences().containsKey(node) && renew.frozenEpoch() >= state.floorEpoch();
            if (!holdsStill) {
                return Verdict.OLD_TABLE;
            }
            if (!admits(node)) {
                return Verdict.NOT_A_HOLDER;
            }
        }
        Yes last = confirmed.get(node);
        boolean isAnother =
                last != null
                        && last.incarnation() != renew.incarnation()
                        && nowNs - last.atNs() <= timing.fenceWaitNs();
        if (isAnother) {
            return Verdict.OTHER_INCARNATION;
        }
        boolean hasRoom = last != null || confirmed.size() < Message.MAX_NODES;
        return hasRoom ? Verdict.YES : Verdict.TOO_MANY_NODES;
    }

    /**
     * Whether a node that holds still for the new leader may go on. The leader waits for the word
     * of those whom this voter named to it, and for no others: so no others may.
     */
    boolean admits(NodeId node) {
        return holders.contains(node);
    }

    /** Answers a leader; null when the voter abstains or its file cannot be written. */
    @Nullable LeaderAnswer answer(NodeId leader, LeaderRenew renew, long nowNs) {
        if (!fault().isEmpty() || renew.epoch() > Ballot.MAX_EPOCH) {
            return null;
        }
        VoterState state = ballot.state();
        if (renew.epoch() < state.promisedEpoch()) {
            return refusal(renew, state.promisedEpoch());
        }
        boolean isNewFloor = renew.epoch() > state.floorEpoch();
        Map<NodeId, Version> raised = new HashMap<>();
        for (Fence fence : renew.fences()) {
            if (fence.atLeast().supersedes(state.floor(fence.node()))) {
                raised.put(fence.node(), fence.atLeast());
            }
        }
        if (!ballot.keep(state.following(renew.epoch(), leader, raised))) {
            return null;
        }
        if (isNewFloor) {
            quietSinceNs.clear();
            nameHolders(nowNs);
        }
        raised.keySet().forEach(node -> quietSinceNs.put(node, lastYesNs(node)));
        ballot.standBy(leader, nowNs);
        return acceptance(renew, nowNs);
    }

    private LeaderAnswer refusal(LeaderRenew renew, long promisedEpoch) {
        return new LeaderAnswer(
                renew.epoch(),
                renew.sentNs(),
                false,
                promisedEpoch,
                renew.afterRevision(),
                renew.upToRevision(),
                List.of(),
                false,
                List.of(),
                0,
                Version.NONE);
    }

    private LeaderAnswer acceptance(LeaderRenew renew, long nowNs) {
        List<Clear> clears = new ArrayList<>();
        for (Fence fence : renew.fences()) {
            long quiet = quietSinceNs.getOrDefault(fence.node(), startedNs);
            long wait = quiet == startedNs ? timing.blindNs() : timing.fenceWaitNs();
            clears.add(new Clear(fence, Math.max(0, quiet + wait - nowNs)));
        }
        return new LeaderAnswer(
                renew.epoch(),
                renew.sentNs(),
                true,
                ballot.state().promisedEpoch(),
                renew.afterRevision(),
                renew.upToRevision(),
                clears,
                renew.wantsHolders(),
                renew.wantsHolders() ? List.copyOf(holders) : List.of(),
                Math.max(0, startedNs + timing.blindNs() - nowNs),
                kept.since());
    }

    private void nameHolders(long nowNs) {
        holders.clear();
        confirmed.forEach(
                (node, yes) -> {
                    if (nowNs - yes.atNs() <= timing.fenceWaitNs()) {
                        holders.add(node);
                    }
                });
    }

    private long lastYesNs(NodeId node) {
        Yes last = confirmed.get(node);
        return last == null ? startedNs : last.atNs();
    }
}
