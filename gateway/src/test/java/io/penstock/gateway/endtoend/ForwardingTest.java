package io.penstock.gateway.endtoend;

import static io.penstock.gateway.endtoend.ThreeGateways.IDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.endtoend.NamingReceiver.Request;
import io.penstock.suite.Alone;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three gateways, each in a JVM of its own, one export. All of them are pushed at all the time; one
 * talks to the target, until something happens to it.
 */
@Alone
class ForwardingTest {
    private static final int RANGE = 10_000_000;

    /** What is promised is 5 s; a machine that builds may pause everybody for some time more. */
    private static final Duration MOVE_LIMIT = Duration.ofSeconds(8);

    private static final Duration LEASE = Duration.ofMillis(2_400);
    private static final Duration PAUSE = Duration.ofMillis(4_500);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);

    /** Deliveries that one node has under way for itself and for others. */
    private static final int MOST_UNDER_WAY = 16;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(REQUEST_LIMIT)
                    .build();
    private ThreeGateways nodes;
    private final Map<String, SteadyPush> pushes = new TreeMap<>();
    private final Set<Integer> extra = new HashSet<>();
    private NamingReceiver target;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        target = new NamingReceiver();
        String export =
                """
                exports:
                  - name: out
                    repo: r
                    batch: {linger_ms: 20}
                    sink: {type: http, url: '%s', headers: {%s: %s}}
                """;
        nodes =
                new ThreeGateways(
                        directory, id -> export.formatted(target.url(), NamingReceiver.NODE, id));
        nodes.begin(IDS);
    }

    @AfterEach
    void stop() {
        pushes.values().forEach(SteadyPush::close);
        nodes.close();
        target.close();
    }

    @Test
    void whateverBecomesOfTheOwnerEachRecordIsDeliveredUnderOneId() throws Exception {
        Patience.until("an owner", () -> !owner(IDS).isEmpty());
        for (String id : IDS) {
            pushes.put(id, new SteadyPush(nodes.node(id).port(), "r", IDS.indexOf(id) * RANGE));
        }
        onlyTheOwnerConnects();
        othersNameTheOwner();
        killed();
        paused();
        stopped();
        Set<Integer> pushed = new HashSet<>(extra);
        for (String id : IDS) {
            int end = push(id).finish();
            for (int n = IDS.indexOf(id) * RANGE; n < end; n++) {
                pushed.add(n);
            }
        }
        Patience.until("everything delivered", () -> target.numbers().size() == pushed.size());
        assertThat(target.numbers()).isEqualTo(pushed);
        assertThat(target.faults()).isEmpty();
        System.out.printf(
                "ForwardingTest: %d records in %d deliveries, %d of them repeats under the same id%n",
                pushed.size(), target.requests().size(), target.repeats());
        for (String id : IDS) {
            Patience.until(
                    "nothing staged on " + id,
                    () -> metric(id, "penstock_export_lag_records{") == 0);
        }
    }

    private void onlyTheOwnerConnects() throws Exception {
        String owner = owner(IDS);
        flows();
        assertThat(target.nodesSince(target.requests().get(0).atNs())).containsExactly(owner);
        for (String id : IDS) {
            boolean sends = metric(id, "penstock_forward_sent_deliveries_total") > 0;
            assertThat(sends).as(id).isEqualTo(!id.equals(owner));
        }
        assertThat(metric(owner, "penstock_forward_taken_deliveries_total")).isPositive();
    }

    /** What clients hear who push at a node that owns nothing of the repo, and at one that does. */
    private void othersNameTheOwner() throws Exception {
        String owner = owner(IDS);
        for (String id : IDS) {
            String better = id.equals(owner) ? "" : "127.0.0.1:" + nodes.node(owner).port();
            Patience.until(
                    id + " names '" + better + "'",
                    () ->
                            pushOne(id)
                                    .headers()
                                    .firstValue("penstock-owners")
                                    .orElse("")
                                    .equals(better));
        }
    }

    private HttpResponse<String> pushOne(String id) throws Exception {
        int number = IDS.size() * RANGE + extra.size();
        URI uri = URI.create("http://127.0.0.1:" + nodes.node(id).port() + "/v1/repos/r/batches");
        HttpRequest post =
                HttpRequest.newBuilder(uri)
                        .timeout(REQUEST_LIMIT)
                        .header("content-type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"n\":" + number + "}\n"))
                        .build();
        HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        extra.add(number);
        return answer;
    }

    private void killed() throws Exception {
        String owner = owner(IDS);
        nodes.node(owner).kill();
        long killedNs = System.nanoTime();
        Duration moved = elsewhere(owner, killedNs);
        System.out.printf("ForwardingTest: kill -9: delivered by another after %s%n", moved);
        assertThat(moved).isLessThan(MOVE_LIMIT);
        nodes.begin(owner);
        onlyTheOwnerDelivers();
    }

    private void paused() throws Exception {
        Patience.until("an owner that all agree on", () -> !owner(IDS).isEmpty());
        String owner = owner(IDS);
        nodes.node(owner).pause();
        long pausedNs = System.nanoTime();
        Duration moved;
        try {
            moved = elsewhere(owner, pausedNs);
            while (since(pausedNs).compareTo(PAUSE) < 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } finally {
            nodes.node(owner).resume();
        }
        long resumedNs = System.nanoTime();
        Patience.until(
                "a zombie that knows", () -> assignments(owner).getLong("lease_lapses", 0L) > 0);
        onlyTheOwnerDelivers();
        // what comes from it from now on was with the kernel, or between the question and the write
        long late =
                target.requests().stream()
                        .filter(request -> request.node().equals(owner))
                        .filter(request -> request.atNs() - resumedNs >= 0)
                        .count();
        System.out.printf(
                "ForwardingTest: SIGSTOP: delivered by another after %s; %d deliveries by the zombie%n",
                moved, late);
        assertThat(moved).isGreaterThan(Duration.ofMillis(500)).isLessThan(MOVE_LIMIT);
        assertThat(since(pausedNs)).isGreaterThan(LEASE);
        assertThat(late).isLessThanOrEqualTo(MOST_UNDER_WAY);
        assertThat(target.faults()).isEmpty();
    }

    private void stopped() throws Exception {
        Patience.until("an owner that all agree on", () -> !owner(IDS).isEmpty());
        String owner = owner(IDS);
        nodes.node(owner).terminate();
        long stoppedNs = System.nanoTime();
        Duration moved = elsewhere(owner, stoppedNs);
        assertThat(nodes.node(owner).stop()).isZero();
        Duration gone = since(stoppedNs);
        System.out.printf(
                "ForwardingTest: SIGTERM: delivered by another after %s, ended after %s%n",
                moved, gone);
        assertThat(moved).isLessThan(MOVE_LIMIT);
        nodes.begin(owner);
        onlyTheOwnerDelivers();
    }

    /** Until another node than this one delivers. */
    private Duration elsewhere(String not, long sinceNs) throws Exception {
        Patience.until(
                "a delivery by another than " + not,
                () -> target.nodesSince(sinceNs).stream().anyMatch(id -> !id.equals(not)));
        for (Request request : target.requests()) {
            if (request.atNs() - sinceNs >= 0 && !request.node().equals(not)) {
                return Duration.ofNanos(request.atNs() - sinceNs);
            }
        }
        throw new AssertionError("gone again");
    }

    private void onlyTheOwnerDelivers() throws Exception {
        Patience.until("an owner that all agree on", () -> !owner(IDS).isEmpty());
        String owner = owner(IDS);
        long sinceNs = System.nanoTime();
        flows();
        assertThat(target.nodesSince(sinceNs)).containsExactly(owner);
        assertThat(owner(IDS)).isEqualTo(owner);
    }

    /** Until something that was pushed at each node from now on has arrived. */
    private void flows() throws Exception {
        Set<Integer> before = target.numbers();
        Patience.until(
                "records of every node",
                () -> {
                    Set<Integer> fresh = target.numbers();
                    fresh.removeAll(before);
                    Set<Integer> ranges =
                            fresh.stream().map(n -> n / RANGE).collect(Collectors.toSet());
                    return ranges.size() == IDS.size() && fresh.size() > 1_000;
                });
    }

    /** Who runs the export, where all of these agree; else empty. */
    private String owner(List<String> ids) throws Exception {
        Set<String> named = new HashSet<>();
        for (String id : ids) {
            JsonArray tasks = get(id, "/v1/tasks").getJsonArray("tasks", new JsonArray());
            named.add(
                    tasks.size() == 1 && tasks.getJsonObject(0).getString("state").equals("run")
                            ? tasks.getJsonObject(0).getString("node")
                            : "");
        }
        String only = named.size() == 1 ? named.iterator().next() : "";
        return only.isEmpty() || assignments(only).getJsonArray("running").isEmpty() ? "" : only;
    }

    private JsonObject assignments(String id) throws Exception {
        return get(id, "/v1/assignments");
    }

    private double metric(String id, String name) throws Exception {
        return text(id, "/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private SteadyPush push(String id) {
        SteadyPush push = pushes.get(id);
        if (push == null) {
            throw new AssertionError("nothing is pushed at " + id);
        }
        return push;
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
}
