package io.penstock.gateway.endtoend;

import static io.penstock.gateway.endtoend.ThreeGateways.IDS;
import static io.penstock.gateway.endtoend.ThreeGateways.others;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.suite.Alone;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gateways, each in a JVM of its own, that agree on what runs where. */
@Alone
class AssignmentsTest {
    private static final int TASKS = 12;

    /** What is promised is 5 s; a machine that builds may pause everybody for some time more. */
    private static final Duration MOVE_LIMIT = Duration.ofSeconds(8);

    private static final Duration RESIGN_LIMIT = Duration.ofSeconds(3);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);

    /** More than a round of the watch, and the answer to what it asks in that. */
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(4);

    private static final Duration WAIT_LIMIT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(REQUEST_LIMIT)
                    .build();
    private ThreeGateways nodes;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        String exports =
                IntStream.range(0, TASKS)
                        .mapToObj(
                                n -> "{name: out%d, repo: r, sink: {type: blackhole}}".formatted(n))
                        .collect(Collectors.joining(", "));
        String alerts = "alerts: {rules: [{condition: node_lost, hold_ms: 0, clear_hold_ms: 0}]}\n";
        nodes = new ThreeGateways(directory, id -> alerts + "exports: [" + exports + "]\n");
        nodes.begin(IDS);
        until("all tasks evenly on three nodes", () -> isSpread(IDS));
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void theTasksOfADeadLeaderRunElsewhereAndTheNextOneStopsInOrder() throws Exception {
        String first = nodes.leader(IDS);
        explains(first);
        List<String> left = others(first);
        nodes.node(first).kill();
        long killedNs = System.nanoTime();
        until("another leader", () -> left.contains(nodes.leader(left)));
        Duration led = since(killedNs);
        until("all tasks on those that are left", () -> isSpread(left));
        Duration moved = since(killedNs);
        System.out.printf(
                "AssignmentsTest: kill -9 of the leader: another leads after %d ms, all its tasks run"
                        + " elsewhere after %d ms%n",
                led.toMillis(), moved.toMillis());
        assertThat(moved).isLessThan(MOVE_LIMIT);
        until(
                "the dead node is off the list",
                () -> !text(left.get(0), "/v1/nodes").contains("\"node\":\"" + first + "\""));
        until(
                "the leader alone tells of the dead node, and who took over",
                () ->
                        tellsOf(nodes.leader(left), first, "(")
                                && !tellsOf(follower(left), first, ""));
        // what is asked of Hazelcast may stall for a while now; leases must not
        noneLapsed(left);

        nodes.begin(first);
        until("tasks on the node that came back", () -> isSpread(IDS));
        until("it is lost no more", () -> !tellsOf(nodes.leader(IDS), first, ""));

        String second = nodes.leader(IDS);
        nodes.node(second).terminate();
        long stoppedNs = System.nanoTime();
        List<String> rest = others(second);
        until("the next leader", () -> rest.contains(nodes.leader(rest)));
        Duration next = since(stoppedNs);
        until("all tasks on the rest", () -> isSpread(rest));
        System.out.printf(
                "AssignmentsTest: SIGTERM of the leader: another leads after %d ms, all its tasks run"
                        + " elsewhere after %d ms%n",
                next.toMillis(), since(stoppedNs).toMillis());
        assertThat(next).isLessThan(RESIGN_LIMIT);
        assertThat(nodes.node(second).stop()).isZero();
        until(
                "the one that stopped is off the list",
                () ->
                        !text(nodes.leader(rest), "/v1/nodes")
                                .contains("\"node\":\"" + second + "\""));
        long lookUntilNs = System.nanoTime() + LOOK_LIMIT.toNanos();
        while (System.nanoTime() < lookUntilNs) {
            assertThat(tellsOf(nodes.leader(rest), second, "")).isFalse(); // it handed over
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String follower(List<String> ids) throws Exception {
        String leader = nodes.leader(ids);
        return ids.stream().filter(id -> !id.equals(leader)).findFirst().orElseThrow();
    }

    private boolean tellsOf(String teller, String lost, String why) throws Exception {
        String alerts = text(teller, "/v1/alerts");
        return alerts.contains("\"condition\":\"node_lost\"")
                && alerts.contains("\"name\":\"" + lost + "\"")
                && alerts.contains(why);
    }

    @Test
    void aNodeThatWasPausedHasNoLeaseBeforeItsTasksAreGivenAway() throws Exception {
        String paused = others(nodes.leader(IDS)).get(0);
        List<String> left = others(paused);
        Set<String> had = running(paused);
        assertThat(had).hasSize(TASKS / IDS.size());
        nodes.node(paused).pause();
        long pausedNs = System.nanoTime();
        try {
            until("all tasks on those that are left", () -> isSpread(left));
        } finally {
            nodes.node(paused).resume();
        }
        Duration moved = since(pausedNs);
        long lapsedNs = lapsed(paused);
        System.out.printf(
                "AssignmentsTest: SIGSTOP: its lease was over after %d ms, its tasks ran elsewhere"
                        + " after %d ms%n",
                TimeUnit.NANOSECONDS.toMillis(lapsedNs - pausedNs), moved.toMillis());
        assertThat(Duration.ofNanos(lapsedNs - pausedNs)).isLessThan(moved);
        assertThat(moved).isLessThan(MOVE_LIMIT);

        until(
                "the node that was paused goes by the newest table, under a new lease",
                () -> {
                    JsonObject there = get(paused, "/v1/assignments");
                    JsonObject here = get(left.get(0), "/v1/assignments");
                    return there.getString("version").equals(here.getString("version"))
                            && there.getLong("lease_left_ms") > 0;
                });
        until("all tasks evenly on three nodes", () -> isSpread(IDS));
        noneLapsed(left);
    }

    private void noneLapsed(List<String> ids) throws Exception {
        for (String id : ids) {
            assertThat(get(id, "/v1/assignments").getLong("lease_lapses")).as(id).isZero();
        }
    }

    /** When the lease of a node ended, by its own account, in our time. */
    private long lapsed(String id) throws Exception {
        until(
                "a lease that lapsed",
                () -> get(id, "/v1/assignments").getLong("lease_lapses", 0L) > 0);
        JsonObject account = get(id, "/v1/assignments");
        // the answer was made before now: the lease ended no later than this says
        return System.nanoTime()
                - TimeUnit.MILLISECONDS.toNanos(account.getLong("last_lapse_ms_ago"));
    }

    /** What people ask of a leader and of others. */
    private void explains(String leader) throws Exception {
        String task = running(leader).iterator().next();
        String query = "/v1/tasks/why?task=" + task.replace("#", "%23");
        JsonObject why = get(leader, query);
        assertThat(why.getString("why")).contains(task + " runs on " + leader);
        assertThat(why.getJsonArray("decisions")).isNotEmpty();
        assertThat(get(others(leader).get(0), query).getString("error"))
                .contains(
                        "ask "
                                + leader
                                + " with --admin 127.0.0.1:"
                                + nodes.node(leader).adminPort());
        assertThat(get(leader, "/v1/decisions").getJsonArray("decisions").size())
                .isGreaterThanOrEqualTo(TASKS);
        assertThat(run("leader", leader)).startsWith(leader);
        assertThat(run("tasks", others(leader).get(0))).contains(task);
        assertThat(run("why", leader, task)).contains(task + " runs on " + leader);
        String page = text(leader, "/metrics");
        assertThat(page)
                .contains("penstock_cluster_leads 1", "penstock_cluster_lease_lapses_total 0");
    }

    /** The output of a verb, asked of a node. */
    private String run(String verb, String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(List.of(more));
        AdminCall call = AdminCall.verb(nodes.admin(id), arguments.toArray(String[]::new));
        assertThat(call.code()).as(call.text()).isZero();
        return call.text();
    }

    /** Whether these nodes, and no other, run all tasks, each one once, and evenly. */
    private boolean isSpread(List<String> ids) throws Exception {
        Set<String> all = new HashSet<>();
        for (String id : ids) {
            JsonArray tasks = get(id, "/v1/tasks").getJsonArray("tasks", new JsonArray());
            boolean isPlaced =
                    tasks.size() == TASKS
                            && tasks.stream()
                                    .map(JsonObject.class::cast)
                                    .allMatch(
                                            row ->
                                                    ids.contains(row.getString("node"))
                                                            && row.getString("state")
                                                                    .equals("run"));
            Set<String> here = running(id);
            if (!isPlaced || here.size() != TASKS / ids.size() || !all.addAll(here)) {
                return false;
            }
        }
        return all.size() == TASKS;
    }

    private Set<String> running(String id) throws Exception {
        return get(id, "/v1/assignments").getJsonArray("running", new JsonArray()).stream()
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }

    private static Duration since(long ns) {
        return Duration.ofNanos(System.nanoTime() - ns);
    }

    private JsonObject get(String id, String path) throws Exception {
        return new JsonObject(text(id, path));
    }

    private String text(String id, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + nodes.node(id).adminPort() + path);
        HttpRequest get = HttpRequest.newBuilder(uri).timeout(REQUEST_LIMIT).build();
        return client.send(get, HttpResponse.BodyHandlers.ofString()).body();
    }

    private void until(String what, Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + WAIT_LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError(what + ": not within " + WAIT_LIMIT + "; " + account());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String account() {
        StringBuilder text = new StringBuilder();
        for (String id : IDS) {
            for (String path :
                    List.of("/v1/leader", "/v1/assignments", "/v1/alerts", "/v1/tasks")) {
                try {
                    text.append('\n').append(text(id, path).strip());
                } catch (Exception gone) {
                    text.append('\n').append(id).append(path).append(": ").append(gone);
                }
            }
        }
        return text.toString();
    }
}
