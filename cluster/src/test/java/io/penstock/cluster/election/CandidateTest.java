package io.penstock.cluster.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.message.Message.AskVote;
import io.penstock.cluster.message.Message.VoteAnswer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two voters of three; the third, which led, is dead. */
class CandidateTest {
    private static final Timing TIMING = Timing.usual();
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final Voters VOTERS = Voters.of(Set.of(A, B, new NodeId("c")));
    private static final long MS = 1_000_000;

    @TempDir private Path directory;

    private Ballot ballotA;
    private Ballot ballotB;
    private final Candidate a = new Candidate(TIMING, VOTERS, new Random(1));
    private final Candidate b = new Candidate(TIMING, VOTERS, new Random(2));
    private long nowNs = 5_000_000_000L;

    @BeforeEach
    void start() {
        ballotA = ballot("a");
        ballotB = ballot("b");
        nowNs += TIMING.restartWaitNs();
    }

    private Ballot ballot(String name) {
        return new Ballot(TIMING, VOTERS, new DiskVoterFile(directory.resolve(name)), nowNs);
    }

    /** What a candidate asks when its time has come. */
    private AskVote stand(Candidate who, Ballot own) {
        who.tick(nowNs, own); // its random wait begins
        return Objects.requireNonNull(who.tick(nowNs + TIMING.backOffNs(), own));
    }

    private boolean wins(Candidate who, NodeId self, Ballot own, Ballot other, AskVote trial) {
        AskVote vote = null;
        for (Ballot each : new Ballot[] {own, other}) {
            NodeId voter = each == ballotA ? A : B;
            VoteAnswer answer = Objects.requireNonNull(each.answer(self, trial, nowNs));
            vote = who.answered(voter, answer, nowNs);
        }
        if (vote == null) {
            return false;
        }
        for (Ballot each : new Ballot[] {own, other}) {
            NodeId voter = each == ballotA ? A : B;
            who.answered(voter, Objects.requireNonNull(each.answer(self, vote, nowNs)), nowNs);
        }
        return who.hasWon();
    }

    @Test
    void ofTwoThatStandAtOnceOneStandsBackAndTheOtherWins() {
        AskVote trialOfA = stand(a, ballotA);
        AskVote trialOfB = stand(b, ballotB);
        nowNs += TIMING.backOffNs();

        // each hears of the other before any answer
        a.makeWay(B.compareTo(A) < 0, nowNs);
        b.makeWay(A.compareTo(B) < 0, nowNs);

        assertThat(wins(b, B, ballotB, ballotA, trialOfB)).as("b asks nobody for votes").isFalse();
        assertThat(ballotB.state().promisedEpoch()).isZero();
        assertThat(wins(a, A, ballotA, ballotB, trialOfA)).isTrue();
    }

    @Test
    void whoStoodBackStandsWhenTheOtherHasNotWonWithinARound() {
        stand(b, ballotB);
        nowNs += TIMING.backOffNs();
        b.makeWay(true, nowNs);
        assertThat(b.tick(nowNs + TIMING.roundNs() - MS, ballotB)).isNull();
        assertThat(b.tick(nowNs + TIMING.roundNs(), ballotB)).isNotNull();
    }

    @Test
    void whoIsAskedBeforeItsOwnTimeGivesTheOtherARound() {
        b.makeWay(false, nowNs);
        assertThat(b.tick(nowNs + TIMING.roundNs() - MS, ballotB)).isNull();
        assertThat(b.tick(nowNs + TIMING.roundNs(), ballotB)).isNotNull();
    }
}
