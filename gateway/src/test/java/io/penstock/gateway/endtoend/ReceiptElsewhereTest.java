package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyBook;
import io.penstock.gateway.access.KeyFile;
import io.penstock.gateway.access.Role;
import io.penstock.gateway.access.Scope;
import io.penstock.gateway.boot.RawHttp;
import io.penstock.gateway.boot.RawHttp.Said;
import io.penstock.gateway.boot.TestNode;
import io.penstock.loopback.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes of one cluster, one of them a process that is killed: what node b staged is asked for
 * at node a.
 */
class ReceiptElsewhereTest {
    private static final int WAIT_S = 20;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger status = new AtomicInteger(503);
    private final Set<String> delivering = ConcurrentHashMap.newKeySet();
    private String operator;
    private String narrow;
    private String ofA;
    private TestNode a;
    private GatewayProcess b;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        HttpServer target =
                vertx.createHttpServer()
                        .requestHandler(
                                request -> {
                                    delivering.add(request.getHeader("X-Node"));
                                    request.response()
                                            .putHeader("Retry-After", "0")
                                            .setStatusCode(status.get())
                                            .end();
                                })
                        .listen(0, "127.0.0.1")
                        .await(WAIT_S, TimeUnit.SECONDS);
        makeKeys();
        int portOfA = FreePorts.one();
        int portOfB = FreePorts.one();
        String sections =
                """
                access: {keys_file: '%s'}
                cluster: {enabled: true, members: ['127.0.0.1:%d', '127.0.0.1:%d'], port: %d, port_count: 1, voters: [a], forward_key: shared}
                exports:
                - {name: all, repo: orders, batch: {linger_ms: 0}, sink: {type: blackhole}}
                - {name: web, repo: orders, batch: {linger_ms: 0}, sink: {type: http, url: 'http://127.0.0.1:%d', headers: {X-Node: %s}}}
                """;
        Path home = Files.createDirectories(directory.resolve("b"));
        b =
                new GatewayProcess(
                        "b",
                        home,
                        sections.formatted(
                                keys("b"), portOfA, portOfB, portOfB, target.actualPort(), "b"),
                        "-Xmx96m");
        CompletableFuture<Void> begun =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                b.start();
                            } catch (Exception failure) {
                                throw new AssertionError(failure);
                            }
                        });
        a =
                TestNode.start(
                        "a",
                        directory.resolve("a"),
                        sections.formatted(
                                keys("a"), portOfA, portOfB, portOfA, target.actualPort(), "a"));
        begun.get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(WAIT_S, TimeUnit.SECONDS);
        try {
            b.close(); // and is missed by now, so that a waits for nobody to take its tasks
        } finally {
            a.close();
        }
    }

    private Path keys(String node) {
        return directory.resolve(node + ".keys.json");
    }

    /** Of the same three keys one reaches less at b, and b has never heard of another. */
    private void makeKeys() throws Exception {
        KeyBook book = new KeyBook(new KeyFile(keys("a")), System::currentTimeMillis);
        operator = key(book, Scope.WHOLE, Role.ADMIN, Role.PUSH);
        narrow = key(book, new Scope(Scope.EVERY, List.of("orders*")), Role.READ);
        String shared = Files.readString(keys("a"));
        Files.writeString(keys("b"), shared.replace("orders*", "others*"));
        ofA = key(book, Scope.WHOLE, Role.READ);
    }

    private static String key(KeyBook book, Scope scope, Role... roles) throws Exception {
        return Objects.requireNonNull(
                        book.create("test", new Key.Rights(Set.of(roles), scope), Key.NEVER)
                                .token())
                .text();
    }

    private Said at(int port, String method, String path, String key) throws Exception {
        return RawHttp.ask(port, method, path, "", "Authorization", "Bearer " + key);
    }

    private Said atA(String path) throws Exception {
        return at(a.gateway().adminPort(), "GET", path, operator);
    }

    private Said atB(String path) throws Exception {
        return at(b.adminPort(), "GET", path, operator);
    }

    private JsonObject receipt(String path) throws Exception {
        Said said = atA(path);
        assertThat(said.status()).as(said.body()).isEqualTo(200);
        return said.json();
    }

    @Test
    void anyNodeAnswersForABatchAsTheOneThatStagedIt() throws Exception {
        placeExports();
        String id = push();
        String path = "/v1/receipts/" + id + "?node=b";
        waits(path);
        assertThat(delivering).as("node b staged it, and a delivers it").containsExactly("a");
        assertThat(atA(path).json()).isEqualTo(atB(path).json());
        AdminCall verb = AdminCall.verb(a.admin(), "receipt", id + "@b", "--key", operator);
        assertThat(verb.code()).as(verb.text()).isZero();
        assertThat(verb.text()).contains("dead_lettered", "delivered");
        rights(path);
        forged(id);
        gone(path);
    }

    /** What goes to the web is delivered by a, whoever staged it. */
    private void placeExports() throws Exception {
        TestNode.until(() -> atA("/v1/nodes").json().getJsonArray("nodes").size() == 2);
        TestNode.until(() -> atA("/v1/tasks").json().getJsonArray("tasks").size() == 2);
        Said pinned =
                RawHttp.ask(
                        a.gateway().adminPort(),
                        "PUT",
                        "/v1/exports/orders/web/pin",
                        "{\"nodes\":[\"a\"]}",
                        "Authorization",
                        "Bearer " + operator);
        assertThat(pinned.status()).as(pinned.body()).isEqualTo(200);
        TestNode.until(() -> atA("/v1/tasks").body().contains("pinned to a"));
        TestNode.until(
                () ->
                        atA("/v1/tasks").json().getJsonArray("tasks").stream()
                                .map(each -> (JsonObject) each)
                                .anyMatch(
                                        task ->
                                                "a".equals(task.getString("node"))
                                                        && task.encode().contains("web")));
    }

    private String push() throws Exception {
        Said pushed =
                RawHttp.ask(
                        b.port(),
                        "POST",
                        "/v1/repos/orders/batches",
                        "[{\"n\":1},{\"n\":2}]",
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + operator);
        assertThat(pushed.status()).as(pushed.body()).isEqualTo(200);
        JsonObject receipt = pushed.json().getJsonObject("receipt");
        return "orders/%s/%d"
                .formatted(receipt.getString("epoch"), receipt.getLong("first_position"));
    }

    private void waits(String path) throws Exception {
        TestNode.until(
                () ->
                        receipt(path)
                                        .encode()
                                        .contains("\"export\":\"all\",\"state\":\"delivered\"")
                                && receipt(path).encode().contains("in_flight"));
        long askedNs = System.nanoTime();
        assertThat(receipt(path + "&wait=300ms").getBoolean("settled")).isFalse();
        assertThat(System.nanoTime() - askedNs).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(299));
        CompletableFuture<JsonObject> settled =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return receipt(path + "&wait=20s");
                            } catch (Exception failure) {
                                throw new AssertionError(failure);
                            }
                        });
        status.set(422);
        JsonObject told = settled.get(WAIT_S, TimeUnit.SECONDS);
        assertThat(told.getBoolean("settled")).as(told.encode()).isTrue();
        assertThat(told.encode()).contains("dead_letters");
    }

    /** Node b judges by its own keys, whatever a would allow. */
    private void rights(String path) throws Exception {
        int port = a.gateway().adminPort();
        assertThat(RawHttp.ask(port, "GET", path, "").status()).isEqualTo(401);
        Said reachesLess = at(port, "GET", path, narrow);
        assertThat(reachesLess.status()).as(reachesLess.body()).isEqualTo(403);
        assertThat(reachesLess.error()).contains("node b refuses");
        Said unknown = at(port, "GET", path, ofA);
        assertThat(unknown.status()).as(unknown.body()).isEqualTo(401);
        assertThat(unknown.error()).contains("node b refuses");
        String others = path.replace("orders", "secrets");
        assertThat(at(port, "GET", others, narrow).error())
                .doesNotContain("node b"); // a refuses itself what it can
    }

    private void forged(String id) throws Exception {
        String epoch = id.replaceAll("/[0-9a-f]{16}/", "/0123456789abcdef/");
        Said otherEpoch = atA("/v1/receipts/" + epoch + "?node=b");
        assertThat(otherEpoch.status()).isEqualTo(404);
        assertThat(otherEpoch.error()).startsWith("node b has no such epoch");
        Said ahead = atA("/v1/receipts/" + id.replaceAll("/[0-9]+$", "/999999999") + "?node=b");
        assertThat(ahead.status()).isEqualTo(404);
        assertThat(atA("/v1/receipts/" + id + "?node=nobody").status()).isEqualTo(404);
        assertThat(atA("/v1/receipts/" + id + "?node=b%2F..%3F").status()).isEqualTo(400);
        Said hop =
                RawHttp.ask(
                        a.gateway().adminPort(),
                        "GET",
                        "/v1/receipts/" + id + "?node=b",
                        "",
                        "Authorization",
                        "Bearer " + operator,
                        "Penstock-Asked-By",
                        "c");
        assertThat(hop.status()).isEqualTo(409);
    }

    private void gone(String path) throws Exception {
        b.kill();
        Said dead = atA(path + "&wait=20s");
        assertThat(dead.status()).as(dead.body()).isEqualTo(503);
        assertThat(dead.head()).contains("etry-");
        assertThat(dead.error()).contains("node b");
        TestNode.until(() -> atA(path).error().contains("not in the cluster now"));
        assertThat(atA(path).error()).contains("last seen 20");
    }
}
