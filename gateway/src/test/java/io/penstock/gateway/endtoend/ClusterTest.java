package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.loopback.FreePorts;
import io.penstock.suite.Alone;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that are a cluster, each in a JVM of its own. */
@Alone
class ClusterTest {
    /** A node that was killed is off the list within this. */
    private static final Duration GONE_LIMIT = Duration.ofSeconds(10);

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final String RECORD = "{\"n\":1}\n";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir private Path directory;

    private int portOfA;
    private int portOfB;

    @Test
    void nodesJoinByStartingAndAreMissedWhenTheyDie() throws Exception {
        portOfA = FreePorts.one();
        portOfB = FreePorts.one();
        try (GatewayProcess a = node("a", "a", portOfA, "");
                GatewayProcess b = node("b", "b", portOfB, "");
                GatewayProcess c = node("c", "c", FreePorts.one(), "");
                GatewayProcess d = node("d", "d", FreePorts.one(), "")) {
            start(a, b, c);
            TestNode.until(() -> listed(a).equals(List.of("a", "b", "c")));
            TestNode.until(() -> listed(c).equals(List.of("a", "b", "c")));
            TestNode.until(
                    () -> {
                        JsonObject ofC = row(a, "c");
                        return ofC.getString("data", "").endsWith(":" + c.port())
                                && ofC.getString("admin").equals("127.0.0.1:" + c.adminPort())
                                && ofC.getLong("resident_bytes") > 0;
                    });

            exports(a);
            othersAreRefused();
            start(d);
            TestNode.until(() -> listed(a).equals(List.of("a", "b", "c", "d")));

            c.kill();
            long killedNs = System.nanoTime();
            TestNode.until(() -> !listed(a).contains("c") && !listed(d).contains("c"));
            Duration gone = Duration.ofNanos(System.nanoTime() - killedNs);
            System.out.println("ClusterTest: a killed node is missed after " + gone);
            assertThat(gone).isLessThan(GONE_LIMIT);

            c.start();
            TestNode.until(() -> listed(b).equals(List.of("a", "b", "c", "d")));
            assertThat(row(b, "c").getLong("incarnation")).isEqualTo(2);
            assertThat(d.stop()).isZero();
            TestNode.until(() -> listed(a).equals(List.of("a", "b", "c")));
        }
    }

    private GatewayProcess node(String home, String id, int clusterPort, String more)
            throws IOException {
        Path own = Files.createDirectories(directory.resolve(home));
        String sections =
                """
                cluster:
                  enabled: true
                  members: ['127.0.0.1:%d', '127.0.0.1:%d']
                  port: %d
                  port_count: 1
                  voters: [a, b, c]
                  %s
                exports: [{name: out, repo: r, sink: {type: file, directory: '%s', format: ndjson}}]
                """;
        return new GatewayProcess(
                id,
                own,
                sections.formatted(portOfA, portOfB, clusterPort, more, own.resolve("out")),
                "-Xmx96m");
    }

    private static void start(GatewayProcess... nodes) {
        CompletableFuture.allOf(
                        Stream.of(nodes)
                                .map(node -> CompletableFuture.runAsync(() -> begin(node)))
                                .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private static void begin(GatewayProcess node) {
        try {
            node.start();
        } catch (IOException | InterruptedException failure) {
            throw new CompletionException(failure);
        }
    }

    /** A second process under an id, and one on other terms; both at once. */
    private void othersAreRefused() throws Exception {
        try (GatewayProcess twin = node("twin", "b", FreePorts.one(), "");
                GatewayProcess other = node("other", "e", FreePorts.one(), "lease_ms: 9600ms")) {
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> begin(twin));
            assertThatThrownBy(() -> start(other))
                    .hasStackTraceContaining("other terms: lease_ms is 9600 here and 2400 there");
            assertThatThrownBy(second::join)
                    .hasStackTraceContaining(
                            "node.id: 'b' is taken: a process at 127.0.0.1:" + portOfB);
            assertThat(twin.exitCode()).isEqualTo(ExitCode.CANNOT_START);
            assertThat(other.exitCode()).isEqualTo(ExitCode.CANNOT_START);
        }
    }

    private void exports(GatewayProcess node) throws Exception {
        HttpRequest push =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + node.port() + "/v1/repos/r/batches"))
                        .timeout(REQUEST_LIMIT)
                        .header("Content-Type", "application/x-ndjson")
                        .header("Penstock-Ack", "delivered")
                        .POST(HttpRequest.BodyPublishers.ofString(RECORD))
                        .build();
        HttpResponse<String> answer = client.send(push, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
        try (Stream<Path> files = Files.walk(directory.resolve("a").resolve("out"))) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
        }
        TestNode.until(() -> row(node, "a").getInteger("exports_count", 0) == 1);
    }

    private List<String> listed(GatewayProcess node) throws Exception {
        return rows(node).stream()
                .map(row -> ((JsonObject) row).getString("node"))
                .sorted()
                .toList();
    }

    private JsonObject row(GatewayProcess node, String id) throws Exception {
        return rows(node).stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("node").equals(id))
                .findFirst()
                .orElse(new JsonObject());
    }

    private JsonArray rows(GatewayProcess node) throws Exception {
        URI nodes = URI.create("http://127.0.0.1:" + node.adminPort() + "/v1/nodes");
        HttpRequest get = HttpRequest.newBuilder(nodes).timeout(REQUEST_LIMIT).build();
        String body = client.send(get, HttpResponse.BodyHandlers.ofString()).body();
        return new JsonObject(body).getJsonArray("nodes");
    }

    @Test
    void aNodeThatIsAloneMakesNothingOfHazelcast() throws Exception {
        Path off = directory.resolve("off.classes");
        Path on = directory.resolve("on.classes");
        try (GatewayProcess alone =
                        new GatewayProcess(
                                Files.createDirectories(directory.resolve("alone")),
                                "",
                                "-Xlog:class+load:file=" + off);
                GatewayProcess member =
                        new GatewayProcess(
                                Files.createDirectories(directory.resolve("member")),
                                "cluster: {enabled: true, port: " + FreePorts.one() + "}",
                                "-Xlog:class+load:file=" + on)) {
            for (GatewayProcess node : List.of(alone, member)) {
                long startNs = System.nanoTime();
                node.start();
                Duration took = Duration.ofNanos(System.nanoTime() - startNs);
                TestNode.until(() -> listed(node).equals(List.of("under-test")));
                System.out.println(
                        "ClusterTest: cluster "
                                + (node == alone ? "off" : "on")
                                + ": started after "
                                + took.toMillis()
                                + " ms, resident "
                                + rows(node).getJsonObject(0).getLong("resident_bytes") / 1_000_000
                                + " MB");
            }
            assertThat(alone.stop()).isZero();
            assertThat(member.stop()).isZero();
        }
        // Vert.x looks for cluster managers by itself, and loads four types to find this one
        assertThat(hazelcastClasses(off)).isBetween(1L, 8L);
        assertThat(Files.readString(off)).doesNotContain("com.hazelcast.instance.");
        assertThat(hazelcastClasses(on)).isGreaterThan(1_000);
    }

    private static long hazelcastClasses(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("] com.hazelcast.")).count();
        }
    }
}
