package io.penstock.cluster.election;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.message.Message.AskVote;
import io.penstock.cluster.message.Message.VoteAnswer;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A voter on its way to leadership: when its own timer for the leader has run out it waits a random
 * time, asks what the answers would be, and then asks for votes. The trial keeps a voter that
 * others do not hear, or that does not hear the leader, from driving epochs up.
 *
 * <p>Threading: confined to the member's thread.
 */
public final class Candidate {

    private enum Phase {
        WAITING,
        TRIAL,
        VOTE
    }

    private static final int MOST_DOUBLINGS = 3;
    private static final long UNSET = Long.MAX_VALUE;

    private final Timing timing;
    private final Voters voters;
    private final RandomGenerator random;
    private final Set<NodeId> granted = new HashSet<>();
    private Phase phase = Phase.WAITING;
    private long epoch;
    private long seenEpoch;
    private long startAtNs = UNSET;
    private long deadlineNs;
    private int defeats;

    /**
     * Waits at first.
     *
     * @param random for the waits; seeded in tests
     */
    public Candidate(Timing timing, Voters voters, RandomGenerator random) {
        this.timing = timing;
        this.voters = voters;
        this.random = random;
    }

    /** Somebody knows of this epoch: a later candidacy is for a larger one. */
    public void saw(long someEpoch) {
        if (someEpoch < Ballot.MAX_EPOCH) {
            seenEpoch = Math.max(seenEpoch, someEpoch);
        }
    }

    /** What to ask all voters now, itself included; null if nothing. */
    public @Nullable AskVote tick(long nowNs, Ballot own) {
        if (phase == Phase.WAITING) {
            return await(nowNs, own);
        }
        if (nowNs >= deadlineNs) {
            phase = Phase.WAITING;
            defeats = Math.min(defeats + 1, MOST_DOUBLINGS);
            startAtNs = nowNs + wait(defeats);
        }
        return null;
    }

    private @Nullable AskVote await(long nowNs, Ballot own) {
        if (nowNs < own.quietUntilNs()) {
            startAtNs = UNSET;
            defeats = 0;
            return null;
        }
        if (startAtNs == UNSET) {
            startAtNs = voters.count() == 1 ? nowNs : nowNs + wait(0);
        }
        if (nowNs < startAtNs) {
            return null;
        }
        saw(own.state().promisedEpoch());
        epoch = seenEpoch + 1;
        return begin(Phase.TRIAL, nowNs);
    }

    /**
     * Takes a voter's answer.
     *
     * @return what to ask all voters next; null if nothing. See {@link #hasWon}
     */
    public @Nullable AskVote answered(NodeId voter, VoteAnswer answer, long nowNs) {
        saw(answer.promisedEpoch());
        Phase about = answer.trial() ? Phase.TRIAL : Phase.VOTE;
        if (phase != about || answer.epoch() != epoch || !answer.granted()) {
            return null;
        }
        if (voters.contains(voter)) {
            granted.add(voter);
        }
        boolean isEnough = granted.size() >= voters.majority();
        return isEnough && phase == Phase.TRIAL ? begin(Phase.VOTE, nowNs) : null;
    }

    /**
     * Another one stands whom this voter would vote for, or has voted for: it gets a round to
     * itself. Of two that stand at once, both would vote for themselves and neither would win; so
     * one of them, the same by the look of both, stands back.
     *
     * @param goesFirst whether the other one does, should this one stand, too
     */
    public void makeWay(boolean goesFirst, long nowNs) {
        if (phase == Phase.VOTE || (phase == Phase.TRIAL && !goesFirst)) {
            return;
        }
        boolean isUnset = phase == Phase.WAITING && startAtNs == UNSET;
        long soonestNs = nowNs + timing.roundNs();
        startAtNs = isUnset ? soonestNs : Math.max(startAtNs, soonestNs);
        phase = Phase.WAITING;
        granted.clear();
    }

    /** Whether a majority has promised; the epoch is this node's own then. */
    public boolean hasWon() {
        return phase == Phase.VOTE && granted.size() >= voters.majority();
    }

    /** The epoch that it asks for or has won. */
    public long epoch() {
        return epoch;
    }

    /** Begins anew: this node leads, or has ceased to. */
    public void rest() {
        phase = Phase.WAITING;
        startAtNs = UNSET;
        granted.clear();
    }

    private AskVote begin(Phase next, long nowNs) {
        phase = next;
        granted.clear();
        deadlineNs = nowNs + timing.roundNs();
        return new AskVote(epoch, next == Phase.TRIAL);
    }

    private long wait(int doublings) {
        return (long) (random.nextDouble() * (timing.backOffNs() << doublings));
    }
}
