package io.penstock.gateway.alert.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import io.penstock.model.RepoName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LostNodesTest {
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final LostNodes nodes = new LostNodes();
    private long nowMs = 1_700_000_000_000L;

    /** Tasks by the letter of their node: "bbc" is three tasks. */
    private static AssignmentTable table(long sequence, String owners) {
        Version version = new Version(1, sequence);
        TreeMap<TaskKey, Row> rows = new TreeMap<>();
        for (int i = 0; i < owners.length(); i++) {
            rows.put(
                    new TaskKey(new RepoName("r" + i), "out", 0),
                    new Row(new NodeId(owners.substring(i, i + 1)), Row.State.RUN, version));
        }
        return new AssignmentTable(version, rows);
    }

    private Map<NodeId, String> see(String members, AssignmentTable table, NodeId... leaving) {
        nowMs += 1000;
        Set<NodeId> there =
                Stream.of(members.split("", -1))
                        .filter(each -> !each.isEmpty())
                        .map(NodeId::new)
                        .collect(Collectors.toSet());
        for (NodeId each : nodes.round(there, table, nowMs)) {
            nodes.said(each, Set.of(leaving).contains(each));
        }
        return nodes.lost();
    }

    @Test
    void tellsWhoTakesOverAsTheTableMovesOn() {
        assertThat(see("abc", table(1, "abbb"))).isEmpty();
        assertThat(see("ac", table(1, "abbb")))
                .containsExactly(Map.entry(B, "it is gone; tasks that it had are with b (3)"));
        assertThat(see("ac", table(2, "aacc")))
                .containsExactly(
                        Map.entry(B, "it is gone; tasks that it had are with a (1), c (2)"));
        assertThat(see("abc", table(2, "aacc"))).isEmpty();
    }

    /** As it mostly is: leases end before anybody is off the list of members. */
    @Test
    void aNodeIsLostAlsoWhenItsTasksMovedBeforeItWasMissed() {
        see("abc", table(1, "aabc"));
        see("abc", table(2, "aaac"));
        assertThat(see("ac", table(2, "aaac")))
                .containsExactly(Map.entry(B, "it is gone; tasks that it had are with a (1)"));
    }

    @Test
    void whoSaysThatItLeavesOrHadNothingForAWhileIsNotLost() {
        see("abc", table(1, "aabc"));
        assertThat(see("ab", table(1, "aabc"), C)).isEmpty();
        see("ab", table(2, "aaaa"));
        nowMs += 31_000;
        see("ab", table(2, "aaaa"));
        assertThat(see("a", table(2, "aaaa"))).isEmpty();
    }

    /** Its tasks are given out, it dies, and it is missed, all of it between two rounds. */
    @Test
    void aNodeIsLostAlsoWhenItsTasksAreSeenNoSoonerThanItsEnd() {
        see("abc", table(1, "aaaa"));
        assertThat(see("ac", table(2, "aabc"))).containsOnlyKeys(B);
    }

    @Test
    void aNodeIsLostAlsoWhenItsTasksAreSeenAfterItsEnd() {
        see("abc", table(1, "aaaa"));
        assertThat(see("ac", table(1, "aaaa"))).isEmpty();
        assertThat(see("ac", table(2, "aabc"))).containsOnlyKeys(B);
    }

    @Test
    void isAskedForOnceAndNotLostBeforeTheAnswerNorWhenItIsBack() {
        Set<NodeId> all = Set.of(new NodeId("a"), B);
        nodes.round(all, table(1, "ab"), 1_000);
        assertThat(nodes.round(Set.of(new NodeId("a")), table(1, "ab"), 2_000)).containsExactly(B);
        assertThat(nodes.round(Set.of(new NodeId("a")), table(1, "ab"), 3_000)).isEmpty();
        assertThat(nodes.lost()).isEmpty();
        nodes.round(all, table(1, "ab"), 4_000);
        nodes.said(B, false);
        assertThat(nodes.lost()).isEmpty();
    }

    @Test
    void whoDoesNotComeBackIsNoNewsAfterADay() {
        see("ab", table(1, "ab"));
        assertThat(see("a", table(1, "ab"))).hasSize(1);
        nowMs += 86_400_000;
        assertThat(see("a", table(1, "ab"))).isEmpty();
    }
}
