package io.penstock.gateway.endtoend;

import static io.penstock.gateway.endtoend.ThreeGateways.IDS;
import static io.penstock.gateway.endtoend.ThreeGateways.others;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gateways in JVMs of their own, and what people order of them; through deaths. */
class OrdersTest {
    private static final int TASKS = 6;

    private ThreeGateways nodes;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        String exports =
                IntStream.range(0, TASKS)
                        .mapToObj(
                                n -> "{name: out%d, repo: r, sink: {type: blackhole}}".formatted(n))
                        .collect(Collectors.joining(", "));
        nodes = new ThreeGateways(directory, id -> "exports: [" + exports + "]\n");
        nodes.begin(IDS);
        until("tasks on every node", () -> running(IDS).size() == TASKS && allRun(IDS));
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void whatIsOrderedHoldsThroughTheDeathOfTheLeaderAndOfAll() throws Exception {
        String leader = nodes.leader(IDS);
        String drained = others(leader).get(0);
        String third = others(leader).get(1);
        AdminCall refused = AdminCall.http(nodes.admin(third), "POST", "/v1/nodes/zz/drain", "");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text()).contains("there is a, b, c");

        long orderedNs = System.nanoTime();
        AdminCall drain = AdminCall.verb(nodes.admin(third), "nodes", "drain", drained, "--wait");
        long emptyMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - orderedNs);
        assertThat(drain.code()).as(drain.text()).isZero();
        assertThat(drain.text()).contains(drained + " drains", drained + " is empty");
        until("all tasks on two nodes", () -> running(others(drained)).size() == TASKS);
        assertThat(running(List.of(drained))).isEmpty();

        nodes.node(leader).kill();
        long killedNs = System.nanoTime();
        List<String> left = others(leader);
        until("another leader", () -> left.contains(nodes.leader(left)));
        until("all tasks on the one that is left", () -> running(List.of(third)).size() == TASKS);
        System.out.printf(
                "OrdersTest: a node was empty %d ms after it was ordered to drain; kill -9 of the"
                        + " leader: all tasks on the last node after %d ms%n",
                emptyMs, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs));
        drains(third, drained);
        nodes.begin(leader);
        until("tasks on the node that came back", () -> !running(List.of(leader)).isEmpty());
        drains(leader, drained);

        for (String id : IDS) {
            nodes.node(id).kill();
        }
        nodes.begin(IDS);
        until("a leader again", () -> IDS.contains(nodes.leader(IDS)));
        until("all tasks again", () -> running(others(drained)).size() == TASKS);
        drains(third, drained);

        AdminCall undrain = AdminCall.verb(nodes.admin(third), "nodes", "undrain", drained);
        assertThat(undrain.code()).as(undrain.text()).isZero();
        until("tasks on every node", () -> allRun(IDS));
    }

    /** By every account, and none came back meanwhile. */
    private void drains(String asked, String drained) throws Exception {
        assertThat(AdminCall.http(nodes.admin(asked), "GET", "/v1/orders", "").text())
                .contains("drain/" + drained);
        assertThat(running(List.of(drained))).isEmpty();
        JsonObject row =
                AdminCall.get(nodes.admin(asked), "/v1/nodes").getJsonArray("nodes").stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> each.getString("node").equals(drained))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.getString("state")).isEqualTo("drained");
    }

    @Test
    void pinsAndGroupsMoveTasksAndTheLastNodeIsNotDrained() throws Exception {
        String leader = nodes.leader(IDS);
        String other = others(leader).get(0);
        String third = others(leader).get(1);
        String pinned = running(List.of(third)).iterator().next();
        String export = pinned.substring(0, pinned.indexOf('#'));
        AdminCall pin = AdminCall.verb(nodes.admin(other), "tasks", "pin", export, other);
        assertThat(pin.code()).as(pin.text()).isZero();
        until("the pinned task", () -> running(List.of(other)).contains(pinned));
        String why = "/v1/tasks/why?task=" + pinned.replace("#", "%23");
        assertThat(AdminCall.http(nodes.admin(leader), "GET", why, "").text())
                .contains("Pinned to [" + other + "]");
        assertThat(AdminCall.http(nodes.admin(leader), "GET", "/v1/decisions", "").text())
                .contains("\"task\":\"" + pinned + "\"");

        order(other, "POST", "/v1/nodes/" + third + "/drain", "", 200);
        order(other, "POST", "/v1/nodes/" + leader + "/drain", "", 200);
        String last = order(other, "POST", "/v1/nodes/" + other + "/drain", "", 409);
        assertThat(last).contains("no node of group default would take tasks");
        until("all tasks on one node", () -> running(List.of(other)).size() == TASKS);
        order(other, "POST", "/v1/nodes/" + third + "/undrain", "", 200);
        order(other, "POST", "/v1/nodes/" + leader + "/undrain", "", 200);
        order(other, "DELETE", "/v1/exports/" + export + "/pin", "", 200);

        String group = "{\"nodes\":[\"%s\"],\"exports\":[\"%s\"]}".formatted(third, export);
        until(
                "a group",
                () ->
                        AdminCall.http(nodes.admin(other), "PUT", "/v1/groups/own", group).code()
                                == 200);
        until("a node of its own", () -> running(List.of(third)).equals(Set.of(pinned)));
        until("the others", () -> running(List.of(leader, other)).size() == TASKS - 1);
    }

    private String order(String id, String method, String path, String body, int status)
            throws Exception {
        AdminCall answer = AdminCall.http(nodes.admin(id), method, path, body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(status);
        return answer.text();
    }

    /** What these nodes run, by their own account. */
    private Set<String> running(Collection<String> ids) throws Exception {
        Set<String> all = new HashSet<>();
        for (String id : ids) {
            JsonObject account = AdminCall.get(nodes.admin(id), "/v1/assignments");
            account.getJsonArray("running", new JsonArray())
                    .forEach(task -> all.add(String.valueOf(task)));
        }
        return all;
    }

    private boolean allRun(Collection<String> ids) throws Exception {
        for (String id : ids) {
            if (running(List.of(id)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** A condition that fails by an exception does not hold yet. */
    private static void until(String what, Condition condition) throws Exception {
        try {
            TestNode.until(condition::holds);
        } catch (AssertionError late) {
            throw new AssertionError(what + " " + late.getMessage(), late);
        }
    }

    /** Something that is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }
}
