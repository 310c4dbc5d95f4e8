package io.penstock.gateway.endtoend;

import static io.penstock.gateway.endtoend.ThreeGateways.IDS;
import static io.penstock.gateway.endtoend.ThreeGateways.others;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gateways in JVMs of their own; exports are made at one of them and are with all. */
class SharedExportsTest {
    private static final int RANGE = 10_000_000;
    private static final String OUT = "/v1/exports/r/out";
    private static final String IDLE = "/v1/exports/r/idle";

    private ThreeGateways nodes;
    private final Map<String, SteadyPush> pushes = new TreeMap<>();
    private NamingReceiver first;
    private NamingReceiver second;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        first = new NamingReceiver();
        second = new NamingReceiver();
        nodes = new ThreeGateways(directory, id -> "");
        nodes.begin(IDS);
        until("a leader", () -> IDS.contains(nodes.leader(IDS)));
        for (String id : IDS) {
            until("a table", () -> !get(id, "/v1/orders").getString("version").equals("0.0"));
        }
    }

    @AfterEach
    void stop() {
        pushes.values().forEach(SteadyPush::close);
        nodes.close();
        first.close();
        second.close();
    }

    @Test
    void whatIsAskedForAtOneNodeIsSoAtAllThroughDeaths() throws Exception {
        String leader = nodes.leader(IDS);
        String b = others(leader).get(0);
        String c = others(leader).get(1);
        made(leader, b, c);
        pausedHere(b);
        nodes.node(leader).kill();
        until("another leader", () -> others(leader).contains(nodes.leader(others(leader))));
        resumedThere(c, leader);
        changed(leader);
        deleted(leader);

        Set<String> before = exports(leader);
        IDS.forEach(this::kill);
        nodes.begin(IDS);
        for (String id : IDS) {
            assertThat(exports(id)).as("%s, by what is on its disk", id).isEqualTo(before);
        }
        until("a leader again", () -> IDS.contains(nodes.leader(IDS)));
        everythingArrives();
        for (String id : IDS) {
            assertThat(exports(id)).as(id).isEqualTo(before);
        }
    }

    private void made(String at, String b, String c) throws Exception {
        ask(at, "PUT", OUT, to(first), 201);
        until("it is known at " + b, () -> exports(b).contains("out request false"));
        ask(b, "PUT", OUT, to(first), 200);
        String nowhere = "{\"sink\": {\"type\": \"blackhole\"}}";
        ask(c, "PUT", IDLE, nowhere, 201);
        until("it is known at " + at, () -> exports(at).contains("idle request false"));
        ask(at, "POST", IDLE + "/pause", "", 200);
        for (String id : IDS) {
            until(
                    "both at " + id,
                    () -> exports(id).equals(Set.of("out request false", "idle request true")));
            assertThat(AdminCall.http(nodes.admin(id), "GET", "/v1/orders", "").text())
                    .contains("export/r/out")
                    .doesNotContain("127.0.0.1");
        }
        for (String id : List.of(b, c)) {
            pushes.put(id, new SteadyPush(nodes.node(id).port(), "r", IDS.indexOf(id) * RANGE));
        }
        until("records of both", () -> rangesOf(first.numbers()).size() == 2);
        String owner = owner();
        for (String id : List.of(b, c)) {
            boolean sends = metric(id, "penstock_forward_sent_deliveries_total") > 0;
            assertThat(sends).as("%s, owner is %s", id, owner).isEqualTo(!id.equals(owner));
        }
    }

    private static String to(NamingReceiver target) {
        return """
        {"batch": {"linger_ms": "20ms"}, "sink": {"type": "http", "url": "%s", "headers": {"X-Secret": "hush"}}}
        """
                .formatted(target.url());
    }

    private void pausedHere(String at) throws Exception {
        ask(at, "POST", OUT + "/pause", "", 200);
        for (String id : IDS) {
            until("paused at " + id, () -> exports(id).contains("out request true"));
            until("nothing under way at " + id, () -> inFlight(id) == 0);
        }
        int before = first.requests().size();
        double lagBefore = lag();
        until("it lags", () -> lag() > lagBefore + 500);
        assertThat(first.requests()).hasSize(before);
    }

    private void resumedThere(String at, String killed) throws Exception {
        int before = first.requests().size();
        ask(at, "POST", OUT + "/resume", "", 200);
        until("deliveries again", () -> first.requests().size() > before);
        nodes.begin(killed);
        until("what it missed", () -> exports(killed).contains("out request false"));
    }

    private void changed(String at) throws Exception {
        until("a leader of all", () -> IDS.contains(nodes.leader(IDS)));
        ask(at, "PUT", OUT, to(second), 200);
        for (String id : IDS) {
            until("the other target at " + id, () -> get(id, OUT).encode().contains(second.url()));
        }
        until("records of both", () -> rangesOf(second.numbers()).size() == 2);
        int before = first.requests().size();
        int there = second.requests().size();
        until("some more", () -> second.requests().size() > there + 10);
        assertThat(first.requests()).hasSize(before);
    }

    /** The node that is asked has nothing of the repo, the others have. */
    private void deleted(String at) throws Exception {
        String refused = ask(at, "DELETE", IDLE, "", 409);
        JsonObject lost = new JsonObject(refused).getJsonObject("would_lose");
        assertThat(lost.getLong("records")).as(refused).isGreaterThan(500);
        assertThat(lost.containsKey("unheard_nodes")).as(refused).isFalse();
        ask(at, "DELETE", IDLE + "?force=true", "", 200);
        for (String id : IDS) {
            until("one left at " + id, () -> exports(id).equals(Set.of("out request false")));
        }
    }

    private void everythingArrives() throws Exception {
        Set<Integer> pushed = new HashSet<>();
        for (Map.Entry<String, SteadyPush> push : pushes.entrySet()) {
            int end = push.getValue().finish();
            for (int n = IDS.indexOf(push.getKey()) * RANGE; n < end; n++) {
                pushed.add(n);
            }
        }
        until(
                "everything delivered",
                () -> {
                    Set<Integer> arrived = first.numbers();
                    arrived.addAll(second.numbers());
                    return arrived.equals(pushed);
                });
        assertThat(first.faults()).isEmpty();
        assertThat(second.faults()).isEmpty();
    }

    private static Set<Integer> rangesOf(Set<Integer> numbers) {
        return numbers.stream().map(n -> n / RANGE).collect(Collectors.toSet());
    }

    /** Names, origins, and whether each is paused. */
    private Set<String> exports(String id) throws Exception {
        Set<String> rows = new HashSet<>();
        for (Object each : get(id, "/v1/exports").getJsonArray("exports")) {
            JsonObject row = (JsonObject) each;
            rows.add(
                    row.getString("export")
                            + " "
                            + row.getString("origin")
                            + " "
                            + row.getBoolean("paused"));
        }
        return rows;
    }

    private String owner() throws Exception {
        JsonArray tasks = get("a", "/v1/tasks").getJsonArray("tasks", new JsonArray());
        return tasks.stream()
                .map(JsonObject.class::cast)
                .filter(task -> task.getString("task").startsWith("r/out#"))
                .map(task -> task.getString("node"))
                .findFirst()
                .orElse("");
    }

    private double lag() throws Exception {
        double lag = 0;
        for (String id : pushes.keySet()) {
            lag += metric(id, "penstock_export_lag_records{");
        }
        return lag;
    }

    private double inFlight(String id) throws Exception {
        return metric(id, "penstock_export_in_flight");
    }

    private double metric(String id, String name) throws Exception {
        return AdminCall.http(nodes.admin(id), "GET", "/metrics", "")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String ask(String id, String method, String path, String body, int status)
            throws Exception {
        List<AdminCall> answers = new ArrayList<>();
        until( // a leader that has just begun says to come back
                method + " " + path,
                () -> {
                    answers.add(0, AdminCall.http(nodes.admin(id), method, path, body));
                    return answers.get(0).code() != 503;
                });
        AdminCall answer = answers.get(0);
        assertThat(answer.code()).as("%s %s: %s", method, path, answer.text()).isEqualTo(status);
        return answer.text();
    }

    private JsonObject get(String id, String path) throws Exception {
        return AdminCall.get(nodes.admin(id), path);
    }

    private void kill(String id) {
        try {
            nodes.node(id).kill();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A node that does not answer yet is asked again. */
    private static void until(String what, Callable<Boolean> condition) throws Exception {
        try {
            TestNode.until(
                    () -> {
                        try {
                            return condition.call();
                        } catch (IOException notThere) {
                            return false;
                        }
                    });
        } catch (AssertionError late) {
            throw new AssertionError(what + " " + late.getMessage(), late);
        }
    }
}
