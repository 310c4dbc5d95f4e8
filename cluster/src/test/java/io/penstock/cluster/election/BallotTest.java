package io.penstock.cluster.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.message.Message.AskVote;
import io.penstock.cluster.message.Message.VoteAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BallotTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final Voters THREE = Voters.of(Set.of(A, B, C));
    private static final Timing TIMING = Timing.usual();

    @TempDir Path directory;

    private Path path;
    private long nowNs = 1000;
    private Ballot ballot;

    @BeforeEach
    void open() {
        path = directory.resolve("voter");
        ballot = open(THREE);
        nowNs += TIMING.restartWaitNs();
    }

    private Ballot open(Voters voters) {
        return new Ballot(TIMING, voters, new DiskVoterFile(path), nowNs);
    }

    private boolean grants(NodeId candidate, long epoch) {
        VoteAnswer answer = ballot.answer(candidate, new AskVote(epoch, false), nowNs);
        return answer != null && answer.granted();
    }

    @Test
    void anEpochIsGrantedOnce() {
        assertThat(grants(B, 5)).isTrue();
        assertThat(grants(C, 5)).isFalse();
        assertThat(grants(C, 4)).isFalse();
        assertThat(grants(B, 5)).as("again to the same").isTrue();
        assertThat(grants(C, 6)).isTrue();
    }

    @Test
    void aTrialPromisesNothing() {
        VoteAnswer answer = ballot.answer(B, new AskVote(5, true), nowNs);

        assertThat(answer != null && answer.granted()).isTrue();
        assertThat(ballot.state()).isEqualTo(VoterState.NEW);
        assertThat(path).doesNotExist();
    }

    @Test
    void nothingIsGrantedWhileItStandsByALeader() {
        ballot.standBy(A, nowNs);
        nowNs += TIMING.voterWaitNs() - 1;
        assertThat(grants(B, 5)).isFalse();
        nowNs += 1;
        assertThat(grants(B, 5)).isTrue();
    }

    @Test
    void afterAStartNothingIsGrantedForAWhile() {
        ballot = open(THREE);
        nowNs += TIMING.restartWaitNs() - 1;
        assertThat(grants(B, 5)).isFalse();
        nowNs += 1;
        assertThat(grants(B, 5)).isTrue();
    }

    @Test
    void whoVotesAloneNeedNotWait() {
        ballot = open(Voters.of(Set.of(A)));
        assertThat(grants(A, 1)).isTrue();
    }

    @Test
    void aLeaderThatResignsIsWaitedForNoMore() {
        assertThat(grants(A, 5)).isTrue();
        ballot.standBy(A, nowNs);
        ballot.resigned(A, 4, nowNs);
        ballot.resigned(B, 5, nowNs);
        assertThat(grants(B, 6)).isFalse();

        ballot.resigned(A, 5, nowNs);

        assertThat(grants(B, 6)).isTrue();
    }

    @Test
    void aPromiseAndFencesSurviveARestart() {
        assertThat(grants(B, 5)).isTrue();
        VoterState fenced = ballot.state().following(5, B, Map.of(C, new Version(5, 3)));
        assertThat(ballot.keep(fenced)).isTrue();

        ballot = open(THREE);
        nowNs += TIMING.restartWaitNs();

        assertThat(ballot.state()).isEqualTo(fenced);
        assertThat(ballot.state().floor(C)).isEqualTo(new Version(5, 3));
        assertThat(ballot.state().floor(A)).isEqualTo(new Version(5, 0));
        assertThat(grants(C, 5)).isFalse();
    }

    @Test
    void aNewLeadersFloorTakesThePlaceOfFences() {
        VoterState fenced = VoterState.NEW.following(5, B, Map.of(C, new Version(5, 3)));

        VoterState next = fenced.following(6, A, Map.of());

        assertThat(next.fences()).isEmpty();
        assertThat(next.floor(C)).isEqualTo(new Version(6, 0));
    }

    @Test
    void aDamagedFileMakesItAbstain() throws IOException {
        assertThat(grants(B, 5)).isTrue();
        byte[] content = Files.readAllBytes(path);
        content[4] ^= 1;
        Files.write(path, content);

        ballot = open(THREE);
        nowNs += TIMING.restartWaitNs();

        assertThat(ballot.fault()).isEqualTo("the voter's file is damaged");
        assertThat(ballot.answer(C, new AskVote(9, false), nowNs)).isNull();
    }

    @Test
    void whatCannotBeWrittenIsNotPromised() {
        VoterFile full =
                new VoterFile() {
                    @Override
                    public byte @Nullable [] read() {
                        return null;
                    }

                    @Override
                    public void write(byte[] content) throws IOException {
                        throw new IOException("no space");
                    }
                };
        ballot = new Ballot(TIMING, THREE, full, nowNs - TIMING.restartWaitNs());

        assertThat(ballot.answer(B, new AskVote(5, false), nowNs)).isNull();
        assertThat(ballot.state()).isEqualTo(VoterState.NEW);
        assertThat(ballot.writeFailures()).isEqualTo(1);
    }

    @Test
    void anEpochBeyondAllReasonIsRefused() {
        assertThat(grants(B, Ballot.MAX_EPOCH + 1)).isFalse();
    }
}
