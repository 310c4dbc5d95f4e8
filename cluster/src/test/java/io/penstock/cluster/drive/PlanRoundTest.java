package io.penstock.cluster.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.history.Decision;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.task.Units;
import io.penstock.model.RepoName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanRoundTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final long START_MS = 1_000_000_000;

    private final ExportBook book = new ExportBook(1_800_000);

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
        return new PlanRound(4, next, previous, nodes, reports, START_MS + afterMs).make(book);
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
}
