package io.penstock.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.election.Ballot;
import io.penstock.cluster.election.DiskVoterFile;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.message.Message.Renew;
import io.penstock.cluster.message.Message.RenewAnswer;
import io.penstock.cluster.message.Message.Verdict;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node that votes alone, and what it tells its process. */
class MemberTest {
    private static final NodeId SELF = new NodeId("a");
    private static final NodeId OTHER = new NodeId("b");
    private static final TaskKey TASK = new TaskKey(new RepoName("r"), "e", 0);
    private static final Timing TIMING = Timing.usual();
    private static final Voters ALONE = Voters.of(Set.of(SELF));

    @TempDir Path directory;

    private final Recorder around = new Recorder();
    private long nowNs = 7_000_000_000L;
    private Member member;

    private static final class Recorder implements Surroundings {
        private final List<String> asked = new ArrayList<>();
        private AssignmentTable written = AssignmentTable.NONE;

        @Override
        public void send(NodeId to, byte[] message) {
            asked.add("send " + to);
        }

        @Override
        public void write(AssignmentTable table) {
            written = table;
        }

        @Override
        public void pull(Version atLeast) {
            asked.add("pull " + atLeast.epoch() + "." + atLeast.sequence());
        }

        @Override
        public void start(TaskKey task, Version since) {
            asked.add("start " + task);
        }

        @Override
        public void release(TaskKey task) {
            asked.add("release " + task);
        }

        @Override
        public void cut(TaskKey task) {
            asked.add("cut " + task);
        }

        @Override
        public void deliver(NodeId from, Message message) {
            asked.add("deliver " + message);
        }

        @Override
        public void ordersLost(Version had, Version named) {
            asked.add("lost orders of " + named.epoch() + "." + named.sequence());
        }
    }

    @BeforeEach
    void start() {
        member = member(1);
    }

    private Member member(long incarnation) {
        return new Member(
                new Member.Identity(SELF, incarnation, ALONE, TIMING),
                new Member.Files(
                        new DiskVoterFile(directory.resolve("voter")),
                        new DiskVoterFile(directory.resolve("orders"))),
                new Random(1),
                around,
                nowNs);
    }

    private void ticks(long lengthNs) {
        long endNs = nowNs + lengthNs;
        while (nowNs < endNs) {
            nowNs += 50_000_000;
            member.tick(nowNs);
        }
    }

    private void write() {
        ticks(300_000_000);
        AssignmentTable table = around.written;
        member.saved(table.version(), nowNs);
        member.offer(table, nowNs);
    }

    private static AssignmentTable table(long epoch, long sequence) {
        Version version = new Version(epoch, sequence);
        TreeMap<TaskKey, Row> rows = new TreeMap<>();
        rows.put(TASK, new Row(SELF, Row.State.RUN, version));
        return new AssignmentTable(version, rows);
    }

    @Test
    void whoVotesAloneLeadsAtOnceAndRunsWhatItPlans() {
        member.tick(nowNs);
        assertThat(member.isLeader(nowNs)).isTrue();
        ticks(TIMING.blindNs());
        assertThat(member.isSettled(nowNs)).isTrue();
        assertThat(member.alive()).containsExactly(SELF);
        assertThat(member.mayDeliver(TASK, nowNs)).isFalse();

        member.want(Map.of(TASK, SELF));
        write();

        assertThat(around.asked).contains("start " + TASK);
        assertThat(member.mayDeliver(TASK, nowNs)).isTrue();
        assertThat(member.whereabouts()).containsExactly(Map.entry(TASK, SELF));
        assertThat(member.deliverUntilNs(TASK)).isEqualTo(member.leaseEndNs());
    }

    @Test
    void whatIsNotWantedIsReleasedAndRunsNowhereThen() {
        whoVotesAloneLeadsAtOnceAndRunsWhatItPlans();

        member.want(Map.of());
        write();
        assertThat(around.asked).contains("release " + TASK);
        assertThat(member.mayDeliver(TASK, nowNs)).isTrue();
        assertThat(member.whereabouts()).isNotEmpty();
        member.stopped(TASK, nowNs);
        write();

        assertThat(member.whereabouts()).isEmpty();
        assertThat(around.written.rows()).isEmpty();
        assertThat(member.mayDeliver(TASK, nowNs)).isFalse();
    }

    @Test
    void aMemberThatWasStoppedForLongDeliversNothingAndLeadsNoMore() {
        whoVotesAloneLeadsAtOnceAndRunsWhatItPlans();

        nowNs += TIMING.leaseNs();

        assertThat(member.mayDeliver(TASK, nowNs)).isFalse();
        assertThat(member.isLeader(nowNs)).isFalse();
        member.tick(nowNs);
        assertThat(around.asked).contains("cut " + TASK);
    }

    @Test
    void tablesThatAreOlderOrFromTheFutureAreNotGoneBy() {
        member.tick(nowNs);
        long epoch = member.epoch();
        assertThat(member.offer(table(epoch + 5, 1), nowNs)).isEqualTo(Member.Offer.AHEAD);
        assertThat(member.offer(table(Ballot.MAX_EPOCH + 1, 1), nowNs))
                .isEqualTo(Member.Offer.IMPOSSIBLE);
        assertThat(member.table()).isEqualTo(Version.NONE);

        ticks(TIMING.heartbeatNs() * 2);

        assertThat(member.epoch()).as("stands for a larger epoch").isEqualTo(epoch + 6);
        assertThat(member.offer(table(epoch + 5, 2), nowNs)).isEqualTo(Member.Offer.OLDER);
    }

    @Test
    void epochsGoOnAfterARestart() {
        member.tick(nowNs);
        long epoch = member.epoch();

        member = member(2);
        member.tick(nowNs);

        assertThat(member.epoch()).isEqualTo(epoch + 1);
    }

    @Test
    void anOrderIsConfirmedOnceItIsOnTheVotersDiskAndIsThereAfterARestart() {
        whoVotesAloneLeadsAtOnceAndRunsWhatItPlans();
        Version stamp = member.order(new TreeMap<>(Map.of("drain/b", "")));
        assertThat(member.ordersConfirmed()).isLessThan(stamp);

        write();
        ticks(TIMING.roundNs() * 2);

        assertThat(member.ordersConfirmed()).isEqualTo(stamp);
        assertThat(around.written.orders().since()).isEqualTo(stamp);
        assertThat(member.order(new TreeMap<>(Map.of("drain/b", ""))))
                .as("nothing changes")
                .isEqualTo(stamp);
        around.written = AssignmentTable.NONE;
        member = member(2);
        ticks(TIMING.blindNs() + TIMING.heartbeatNs());
        member.want(Map.of());
        ticks(300_000_000);
        assertThat(around.written.orders().entries()).isEqualTo(Map.of("drain/b", ""));
        assertThat(around.written.orders().since()).isEqualTo(around.written.version());
    }

    @Test
    void aVoterWhoseOrdersAreDamagedAbstainsAndSaysSo() throws IOException {
        Files.writeString(directory.resolve("orders"), "something that is none");
        member = member(3);

        ticks(TIMING.blindNs());

        assertThat(member.isLeader(nowNs)).isFalse();
        assertThat(member.voterFault()).contains("the voter's orders: damaged");
    }

    @Test
    void whatIsNoMessageIsRefusedAndCounted() {
        assertThat(member.receive(OTHER, new byte[] {1, 2, 3}, nowNs)).contains("3 bytes");
        assertThat(member.refusedMessages()).isEqualTo(1);
    }

    @Test
    void aSecondProcessOfANameWaitsForTheLeaseOfTheFirst() {
        Ballot ballot =
                new Ballot(TIMING, ALONE, new DiskVoterFile(directory.resolve("other")), nowNs);
        KeptOrders kept = new KeptOrders(new DiskVoterFile(directory.resolve("kept")));
        Voter voter = new Voter(TIMING, ballot, kept, nowNs);
        assertThat(verdict(voter, 1)).isEqualTo(Verdict.YES);
        assertThat(verdict(voter, 2)).isEqualTo(Verdict.OTHER_INCARNATION);
        nowNs += TIMING.fenceWaitNs();
        assertThat(verdict(voter, 2)).isEqualTo(Verdict.OTHER_INCARNATION);
        nowNs += 1;
        assertThat(verdict(voter, 2)).isEqualTo(Verdict.YES);
        assertThat(verdict(voter, 1)).isEqualTo(Verdict.OTHER_INCARNATION);
    }

    private Verdict verdict(Voter voter, long incarnation) {
        Renew renew = new Renew(incarnation, nowNs, Version.NONE, 0, 0, 0, 0, false, List.of());
        RenewAnswer answer = voter.answer(OTHER, renew, nowNs);
        return answer == null ? Verdict.OLD_TABLE : answer.verdict();
    }
}
