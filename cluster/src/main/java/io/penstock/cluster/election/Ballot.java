package io.penstock.cluster.election;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.message.Message.AskVote;
import io.penstock.cluster.message.Message.VoteAnswer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One voter's promise and its timer for the present leader. The promise is on disk before anybody
 * hears of it. A voter whose file cannot be read abstains for good: it does not know what it
 * promised.
 *
 * <p>Threading: confined to the member's thread, which waits for the disk.
 */
public final class Ballot {

    /** No epoch is larger; what says it is larger is not one of ours. */
    public static final long MAX_EPOCH = 1L << 48;

    private final Timing timing;
    private final VoterFile file;
    private VoterState state = VoterState.NEW;
    private String fault = "";
    private long writeFailures;
    private long quietUntilNs;
    private @Nullable NodeId leader;

    /**
     * Opens a voter's ballot.
     *
     * @param voters all of them; one that votes alone never waits for another leader to be over
     * @param nowNs now
     */
    public Ballot(Timing timing, Voters voters, VoterFile file, long nowNs) {
        this.timing = timing;
        this.file = file;
        // what it heard before its start it does not know: it may stand by a leader
        this.quietUntilNs = voters.count() == 1 ? nowNs : nowNs + timing.restartWaitNs();
        try {
            byte[] content = file.read();
            if (content != null) {
                state = VoterStateCodec.decode(content);
            }
        } catch (IOException | IllegalArgumentException e) {
            fault = "the voter's file " + e.getMessage();
        }
    }

    /** Why this voter abstains; empty if it votes. */
    public String fault() {
        return fault;
    }

    /** What it must not forget. */
    public VoterState state() {
        return state;
    }

    /** How often its file could not be written; it did not answer then. */
    public long writeFailures() {
        return writeFailures;
    }

    /** Until when it grants nothing. */
    public long quietUntilNs() {
        return quietUntilNs;
    }

    /** Whom it stands by, null if by nobody. */
    public @Nullable NodeId leader() {
        return leader;
    }

    /** Answers a candidate; null when it cannot, because of its file. */
    public @Nullable VoteAnswer answer(NodeId candidate, AskVote ask, long nowNs) {
        if (!fault.isEmpty()) {
            return null;
        }
        boolean granted = grants(candidate, ask.epoch(), nowNs);
        if (granted
                && !ask.trial()
                && ask.epoch() > state.promisedEpoch()
                && !keep(state.promising(ask.epoch(), candidate))) {
            return null;
        }
        return new VoteAnswer(ask.epoch(), ask.trial(), granted, state.promisedEpoch());
    }

    private boolean grants(NodeId candidate, long epoch, long nowNs) {
        boolean isOpen =
                epoch > state.promisedEpoch()
                        || (epoch == state.promisedEpoch() && candidate.equals(state.votedFor()));
        return isOpen && epoch <= MAX_EPOCH && nowNs >= quietUntilNs;
    }

    /**
     * Makes a state the voter's own, on disk first.
     *
     * @return whether it could be written
     */
    public boolean keep(VoterState next) {
        if (next.equals(state)) {
            return true;
        }
        try {
            file.write(VoterStateCodec.encode(next));
            state = next;
            return true;
        } catch (IOException e) {
            // not answering is always allowed, and is what the others see; the count is for people
            writeFailures++;
            return false;
        }
    }

    /** A leader was accepted: stands by it from now on. */
    public void standBy(NodeId newLeader, long nowNs) {
        leader = newLeader;
        quietUntilNs = Math.max(quietUntilNs, nowNs + timing.voterWaitNs());
    }

    /**
     * A leader said that it leads no more. If this voter promised nothing later, then it stands by
     * nobody: whoever led before that epoch was over when it was granted.
     */
    public void resigned(NodeId former, long epoch, long nowNs) {
        if (epoch == state.promisedEpoch() && former.equals(state.votedFor())) {
            leader = null;
            quietUntilNs = nowNs;
        }
    }

    /** Forgets whom it stood by when it grants others again. */
    public void tick(long nowNs) {
        if (nowNs >= quietUntilNs) {
            leader = null;
        }
    }
}
