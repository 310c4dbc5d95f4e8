package io.penstock.cluster.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.history.Decision;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.cluster.member.MachineUse;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.order.Wishes;
import io.penstock.cluster.task.Units;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRoundTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final long START_MS = 1_000_000_000;

    private final ExportBook book = new ExportBook(Map.of());

    private static TaskKey task(String export, int share) {
        return new TaskKey(new RepoName("r"), export, share);
    }

    private PlanRound.Made plan(
            Map<TaskKey, NodeId> previous, List<NodeReport> reports, long afterMs, NodeId... ids) {
        List<Node> nodes =
                List.of(ids).stream()
                        .map(id -> Node.plain(id, "default", new Units(1, 1, 10, 10)))
                        .toList();
        Version next = new Version(4, 2);
        long nowMs = START_MS + afterMs;
        return new PlanRound(4, next, previous, nodes, Wishes.NONE, reports, nowMs).make(book);
    }

    @Test
    void whatRunsIsNotStoppedForWantOfAReport() {
        Map<TaskKey, NodeId> runs = Map.of(task("x", 0), A, task("x", 1), B, task("y", 0), A);
        PlanRound.Made made = plan(runs, List.of(), 0, A, B);
        assertThat(made.placement()).isEqualTo(runs);
        assertThat(made.decisions()).isEmpty();
    }

    @Test
    void whatNobodyNamesIsForgottenInTheEndAndThatIsADecision() {
        List<NodeReport> both = List.of(LonelyMembership.report("x", "y"));
        List<NodeReport> one = List.of(LonelyMembership.report("x"));
        Map<TaskKey, NodeId> first = plan(Map.of(), both, 0, A).placement();
        assertThat(first).isEqualTo(Map.of(task("x", 0), A, task("y", 0), A));
        assertThat(plan(first, one, ExportBook.FORGET_MS, A).placement()).isEqualTo(first);
        PlanRound.Made made = plan(first, one, ExportBook.FORGET_MS + 1, A);
        assertThat(made.placement()).isEqualTo(Map.of(task("x", 0), A));
        assertThat(made.decisions())
                .containsExactly(
                        new Decision(
                                new Version(4, 2),
                                START_MS + ExportBook.FORGET_MS + 1,
                                task("y", 0),
                                A,
                                null,
                                "nothing asks for that task any more"));
    }

    @Test
    void theTasksOfANodeThatIsGoneGoToTheOthersWithTheReason() {
        PlanRound.Made made = plan(Map.of(task("x", 0), A), List.of(), 0, B);
        assertThat(made.placement()).isEqualTo(Map.of(task("x", 0), B));
        assertThat(made.decisions())
                .extracting(Decision::from, Decision::to, Decision::why)
                .containsExactly(tuple(A, B, "the node that ran it is gone"));
    }

    @Test
    void whatPeopleOrderIsPlanned() {
        Wishes wishes =
                Wishes.of(
                        new TreeMap<>(
                                Map.of(
                                        "drain/a", "",
                                        "pin/r/y", "a",
                                        "group/g", "nodes=c\nweights.cpu=3",
                                        "member/r/z", "g",
                                        "exclusive/r/z", "")));
        List<Node> nodes =
                List.of(A, B, C).stream()
                        .map(id -> Node.plain(id, "default", new Units(1, 1, 10, 10)))
                        .map(wishes::node)
                        .toList();
        Map<TaskKey, NodeId> runs = Map.of(task("x", 0), A, task("y", 0), B, task("z", 0), B);
        List<NodeReport> reports = List.of(LonelyMembership.report("x", "y", "z"));
        PlanRound.Made made =
                new PlanRound(4, new Version(4, 2), runs, nodes, wishes, reports, START_MS)
                        .make(book);

        assertThat(made.placement())
                .isEqualTo(Map.of(task("x", 0), B, task("y", 0), A, task("z", 0), C));
        assertThat(made.plan().why(task("x", 0))).contains("the node that ran it drains");
        assertThat(made.plan().why(task("y", 0))).contains("Pinned to [a]");
        assertThat(made.plan().why(task("z", 0))).contains("Must be alone");
    }

    @Test
    void whatAVoterLearntBeforeItsRestartIsPlannedForWhenItLeads(@TempDir Path directory) {
        long mondayMs = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();
        long hourMs = 3_600_000;
        for (long at = mondayMs + 9 * hourMs; at <= mondayMs + 11 * hourMs; at += 240_000) {
            boolean isPeak = at < mondayMs + 10 * hourMs;
            book.watch(List.of(busy(isPeak ? 50e6 : 0)), Wishes.NONE, at);
        }
        RateFile file = new RateFile(directory.resolve("rates"));
        file.save(book.busiest());
        List<Node> nodes = List.of(Node.plain(A, "default", new Units(9, 9, 90, 90)));

        long beforePeakMs = mondayMs + 7 * 24 * hourMs + 8 * hourMs + 45 * 60_000;
        PlanRound round =
                new PlanRound(
                        9,
                        new Version(9, 1),
                        Map.of(),
                        nodes,
                        Wishes.NONE,
                        List.of(busy(1e6)),
                        beforePeakMs);

        assertThat(round.make(new ExportBook(file.load())).placement()).hasSizeGreaterThan(3);
        assertThat(round.make(new ExportBook(Map.of())).placement()).hasSize(1);
    }

    @Test
    void aSourceIsCutAnewOnlyWhenItsTasksHaveEndedAlsoByAnotherLeader() {
        Map<TaskKey, NodeId> one = plan(Map.of(), List.of(source(0)), 0, A, B).placement();
        assertThat(one.keySet()).containsExactly(share(0));
        PlanRound.Made hot = plan(one, List.of(source(25e6)), 600_000, A, B);
        assertThat(hot.placement()).isEmpty();
        assertThat(hot.waits()).isTrue();
        // it still runs, by the word of its node
        assertThat(plan(one, List.of(source(25e6)), 601_000, A, B).placement()).isEmpty();
        Map<TaskKey, NodeId> four =
                plan(Map.of(), List.of(source(25e6)), 602_000, A, B).placement();
        assertThat(four.keySet()).containsExactlyInAnyOrder(share(3), share(4), share(5), share(6));

        ExportBook next = new ExportBook(Map.of());
        PlanRound after =
                new PlanRound(
                        5,
                        new Version(5, 1),
                        four,
                        List.of(Node.plain(A, "default", new Units(9, 9, 90, 90))),
                        Wishes.NONE,
                        List.of(),
                        START_MS);
        assertThat(after.make(next).placement().keySet()).isEqualTo(four.keySet());
    }

    private static TaskKey share(int share) {
        return task(TaskKey.ofSource("in"), share);
    }

    private static NodeReport source(double bytesPerS) {
        List<ExportLoad> loads =
                List.of(
                        new ExportLoad(
                                new RepoName("r"), TaskKey.ofSource("in"), 1, bytesPerS, 7, 0, 12));
        return new NodeReport(A, 1, 1, 0, "", "", MachineUse.UNKNOWN, loads);
    }

    @Test
    void damagedRatesAreLeftAlone(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("rates"), "something else");
        assertThat(new RateFile(directory.resolve("rates")).load()).isEmpty();
    }

    private static NodeReport busy(double bytesPerS) {
        List<ExportLoad> loads =
                List.of(new ExportLoad(new RepoName("r"), "x", 1, bytesPerS, 0, 0));
        return new NodeReport(A, 1, 1, 0, "", "", MachineUse.UNKNOWN, loads);
    }
}
