package io.penstock.cluster.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.task.Units;
import io.penstock.model.RepoName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderRulesTest {
    private static final Node A = node("a", "default");
    private static final Node B = node("b", "default").labelled(Set.of("ssd"));
    private static final Node C = node("c", "heavy");
    private static final OrderRules.Known KNOWN =
            new OrderRules.Known(List.of(A, B, C), Set.of("r/x", "r/y"), Set.of("r/x#0", "r/y#0"));

    private static Node node(String id, String group) {
        return Node.plain(new NodeId(id), group, new Units(1, 1, 1, 1));
    }

    private static SortedMap<String, String> orders(String... keysAndValues) {
        SortedMap<String, String> entries = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return entries;
    }

    private static String put(SortedMap<String, String> before, String key, String value) {
        return judge(before, Map.of(key, Optional.of(value)), false);
    }

    private static String judge(
            SortedMap<String, String> before,
            Map<String, Optional<String>> changes,
            boolean forced) {
        return OrderRules.judge(before, changes, forced, KNOWN)
                .map(refusal -> (refusal.isHarm() ? "harm: " : "wrong: ") + refusal.why())
                .orElse("");
    }

    @Test
    void whatIsNotThereIsNamedTogetherWithWhatIs() {
        assertThat(put(orders(), "drain/z", ""))
                .isEqualTo(
                        "wrong: there is no node z (for one that is yet to come: force); there is a, b, c");
        assertThat(put(orders(), "pin/r/x", "a,z")).contains("wrong: there is no node z");
        assertThat(put(orders(), "pin/r/z", "a")).contains("no export r/z", "r/x, r/y");
        assertThat(put(orders(), "pin/r/x#7", "a")).contains("no task r/x#7", "r/x#0, r/y#0");
        assertThat(put(orders(), "exclusive/r/z", "")).contains("no export r/z");
        assertThat(put(orders(), "member/r/x", "nobody")).contains("no group nobody", "heavy");
        assertThat(put(orders(), "wish/r/x", ""))
                .isEqualTo("wrong: there are no orders like wish/r/x");
        assertThat(put(orders(), "pin/r/x", "a,,b")).contains("wrong: node id must be");
    }

    @Test
    void forceNamesWhatIsYetToComeAndNothingElse() {
        assertThat(judge(orders(), Map.of("pin/r/x", Optional.of("z")), true)).isEmpty();
        assertThat(judge(orders(), Map.of("drain/z", Optional.of("")), true)).isEmpty();
        assertThat(judge(orders(), Map.of("wish/z", Optional.of("")), true)).contains("wrong");
        assertThat(judge(orders(), Map.of("group/g", Optional.of("headroom=2")), true))
                .contains("wrong: headroom 2.0 is not in 0..<1");
    }

    @Test
    void theLastNodeOfAGroupIsNotDrainedUnlessItIsForced() {
        assertThat(put(orders(), "drain/a", "")).isEmpty();
        assertThat(put(orders("drain/a", ""), "drain/b", ""))
                .isEqualTo(
                        "harm: no node of group default would take tasks, and 2 exports are in it (force)");
        assertThat(put(orders(), "drain/c", ""))
                .isEqualTo("harm: c is the last node of group heavy that takes tasks (force)");
        assertThat(judge(orders(), Map.of("drain/c", Optional.of("")), true)).isEmpty();
        assertThat(
                        judge(
                                orders("drain/a", "", "drain/b", ""),
                                Map.of("drain/b", Optional.empty()),
                                false))
                .as("what makes it better is done")
                .isEmpty();
    }

    @Test
    void aGroupThatTakesAllNodesOfAnotherIsHarm() {
        assertThat(put(orders(), "group/g", "nodes=a,b"))
                .contains("harm: no node of group default");
        assertThat(put(orders(), "group/g", "labels=ssd")).isEmpty();
        assertThat(put(orders("group/f", "nodes=a"), "group/g", "nodes=a,c"))
                .isEqualTo("wrong: group f has [a] already");
    }

    @Test
    void anExportIsNotPutWhereItWouldRunNowhere() {
        assertThat(put(orders("group/g", ""), "member/r/x", "g"))
                .contains("harm: no node of group g");
        assertThat(put(orders(), "member/r/x", "heavy")).isEmpty();
        assertThat(put(orders(), "pin/r/x", "c"))
                .contains("harm: r/x is in group default and would be pinned to nodes of [heavy]");
        assertThat(put(orders("member/r/x", "heavy"), "pin/r/x", "c")).isEmpty();
        assertThat(put(orders(), "pin/r/x", "a,c")).as("one of them will do").isEmpty();
    }

    @Test
    void settingsOfAGroupAreChecked() {
        assertThat(put(orders(), "group/g", "weights.cpu=-1")).contains("wrong: weight -1.0");
        assertThat(put(orders(), "group/g", "wieghts.cpu=1"))
                .contains("wrong: group g: 'wieghts.cpu' is none of weights.cpu, ");
        assertThat(put(orders(), "group/g", "headroom=much")).contains("'much' is no number");
        assertThat(put(orders(), "group/g", "interval_ms=-5"))
                .contains("interval_ms: -5 is not in");
        assertThat(put(orders(), "group/g", "tolerance=NaN")).contains("tolerance NaN");
        assertThat(put(orders(), "group/g h", "")).contains("a group's name");
        assertThat(put(orders(), "group/g", "nodes=z")).contains("no node z");
    }

    @Test
    void ordersBeyondTheirBoundsAreRefused() {
        SortedMap<String, String> many = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put("drain/n" + i, "");
        }
        assertThat(put(many, "drain/a", "")).isEqualTo("wrong: 10001 orders, the limit is 10000");
    }

    @Test
    void definitionsOfExportsAreTakenByNameAndSize() {
        assertThat(put(orders(), "export/web/out", "{}")).isEmpty();
        assertThat(judge(orders(), Map.of("export/web/out", Optional.empty()), false)).isEmpty();
        assertThat(put(orders(), "export/web", "{}")).contains("wrong: repo name is empty");
        assertThat(put(orders(), "export/web/", "{}")).contains("wrong: export name is empty");
        assertThat(put(orders(), "export/../up", "{}")).contains("wrong: repo name starts with");
        assertThat(put(orders(), "export/web/a/b", "{}")).contains("wrong: export name has");
        assertThat(put(orders(), "export/web/out", " "))
                .contains("wrong: a definition is expected");
        assertThat(put(orders(), "export/web/out", "x".repeat(70_000)))
                .isEqualTo("wrong: export/web/out: 70000 bytes, the limit is 65536");
    }

    @Test
    void settingsInWordsAreReadAsTheyAre() {
        GroupSettings settings =
                GroupSettings.parse("g", "weights.cpu=2\nnodes=b,a\nlabels=ssd\nlead_ms=60000");
        StringBuilder text = new StringBuilder();
        settings.inWords().forEach((key, value) -> text.append(key + "=" + value + "\n"));

        assertThat(GroupSettings.parse("g", text.toString())).isEqualTo(settings);
        assertThat(settings.inWords().keySet()).containsExactlyElementsOf(GroupSettings.KEYS);
        assertThat(settings.group().weights().cpu()).isEqualTo(2);
        assertThat(settings.group().headroom()).isEqualTo(0.2);
    }

    @Test
    void wishesAreWhatOrdersSay() {
        Wishes wishes =
                Wishes.of(
                        orders(
                                "drain/a", "",
                                "exclusive/r/y", "",
                                "group/g", "labels=ssd",
                                "group/h", "nodes=b",
                                "group/later", "something=new",
                                "member/r/x", "g",
                                "pin/r/x", "a,b",
                                "pin/r/x#1", "c",
                                "wish/of/a/newer/version", "?"));

        assertThat(wishes.node(A).draining()).isTrue();
        assertThat(wishes.node(B).group()).as("a name wins over labels").isEqualTo("h");
        assertThat(wishes.node(C)).isEqualTo(C);
        assertThat(wishes.node(C.labelled(Set.of("ssd", "x"))).group()).isEqualTo("g");
        assertThat(wishes.pins(task("x", 0))).containsOnly(A.id(), B.id());
        assertThat(wishes.pins(task("x", 1))).containsOnly(C.id());
        assertThat(wishes.pins(task("y", 0))).isEmpty();
        assertThat(wishes.isExclusive(task("y", 0).repo(), "y")).isTrue();
        assertThat(wishes.groupOf(task("x", 0).repo(), "x")).isEqualTo("g");
        assertThat(wishes.groupOf(task("y", 0).repo(), "y")).isEqualTo("default");
        assertThat(wishes.exportsOf("g")).containsExactly("r/x");
        assertThat(wishes.unread()).containsExactly("group/later");
    }

    private static TaskKey task(String export, int share) {
        return new TaskKey(new RepoName("r"), export, share);
    }
}
