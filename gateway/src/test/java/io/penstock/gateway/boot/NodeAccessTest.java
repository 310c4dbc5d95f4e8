package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyBook;
import io.penstock.gateway.access.KeyFile;
import io.penstock.gateway.access.KeyToken;
import io.penstock.gateway.access.Role;
import io.penstock.gateway.access.Scope;
import io.penstock.gateway.boot.RawHttp.Said;
import io.penstock.gateway.config.ConfigException;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what on a whole node. */
@SuppressWarnings("NullAway.Init") // a test starts its node itself
class NodeAccessTest {
    private static final String BLACKHOLE = "{\"sink\": {\"type\": \"blackhole\"}}";
    private static final String BATCH = "[{\"a\":1}]";

    private KeyBook keys;
    private TestNode node;

    @TempDir private Path directory;

    @BeforeEach
    void open() {
        keys = new KeyBook(new KeyFile(file()), System::currentTimeMillis);
    }

    @AfterEach
    void close() {
        if (node != null) {
            node.close();
        }
    }

    private Path file() {
        return directory.resolve("keys.json");
    }

    private void start(String access) throws Exception {
        node = TestNode.start(directory.resolve("data"), access);
    }

    private void startWithKeys() throws Exception {
        start("access: {keys_file: '%s', poll_ms: 100}".formatted(file()));
    }

    private String key(Scope scope, Role... roles) throws Exception {
        KeyToken token =
                keys.create("test", new Key.Rights(Set.of(roles), scope), Key.NEVER).token();
        return Objects.requireNonNull(token).text();
    }

    private Said admin(String key, String method, String path, String body) throws Exception {
        int port = node.gateway().adminPort();
        return key.isEmpty()
                ? RawHttp.ask(port, method, path, body)
                : RawHttp.ask(port, method, path, body, "Authorization", "Bearer " + key);
    }

    private int status(String key, String method, String path) throws Exception {
        return admin(key, method, path, "").status();
    }

    private int push(String key, String repo) throws Exception {
        return RawHttp.ask(
                        node.gateway().dataPort(),
                        "POST",
                        "/v1/repos/" + repo + "/batches",
                        BATCH,
                        "Content-Type",
                        "application/json",
                        key.isEmpty() ? "X-Nothing" : "Authorization",
                        "Bearer " + key)
                .status();
    }

    @Test
    void withoutKeysThoseOnTheMachineMayDoAllAndPagesOfOtherSitesNothing() throws Exception {
        start("");
        int port = node.gateway().adminPort();
        assertThat(push("", "web")).isEqualTo(200);
        assertThat(status("", "GET", "/v1/node")).isEqualTo(200);
        assertThat(admin("", "PUT", "/v1/exports/web/out", BLACKHOLE).status()).isEqualTo(201);

        String one = "/v1/exports/web/out";
        for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1")) {
            Said foreign = RawHttp.ask(port, "DELETE", one, "", "Origin", origin);
            assertThat(foreign.status()).as(origin).isEqualTo(403);
        }
        assertThat(
                        RawHttp.ask(port, "GET", "/v1/node", "", "Host", "evil.example:" + port)
                                .status())
                .isEqualTo(403);
        assertThat(RawHttp.ask(port, "GET", "/v1/node", "", "Host", "localhost:1").status())
                .isEqualTo(200);
        Said proxied = RawHttp.ask(port, "GET", "/v1/node", "", "X-Forwarded-For", "192.0.2.7");
        assertThat(proxied.status()).isEqualTo(401);
        assertThat(proxied.error()).contains("not through a proxy");
        assertThat(
                        RawHttp.ask(port, "DELETE", one, "", "Origin", "http://127.0.0.1:" + port)
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aRoleOpensWhatItIsForAndNothingElse() throws Exception {
        String reader = key(Scope.WHOLE, Role.READ);
        String admin = key(Scope.WHOLE, Role.ADMIN);
        String pusher = key(Scope.WHOLE, Role.PUSH);
        startWithKeys();
        for (String open : List.of("/livez", "/readyz")) {
            assertThat(status("", "GET", open)).isEqualTo(200);
        }
        for (String path : List.of("/v1/node", "/v1/exports", "/metrics", "/v1/openapi.json")) {
            Said none = admin("", "GET", path, "");
            assertThat(none.status()).as(path).isEqualTo(401);
            assertThat(none.head()).contains("WWW-Authenticate: Bearer");
            assertThat(status(pusher, "GET", path)).isEqualTo(403);
            assertThat(status(reader, "GET", path)).isEqualTo(200);
            assertThat(status(reader, "HEAD", path)).isEqualTo(200);
            assertThat(status(admin, "GET", path)).isEqualTo(200);
        }
        for (String path : List.of("/v1/keys", "/v1/audit")) {
            assertThat(status(reader, "GET", path)).as(path).isEqualTo(403);
            assertThat(status(admin, "GET", path)).as(path).isEqualTo(200);
        }
        assertThat(status("", "GET", "/v1/no/such/path")).isEqualTo(401);
        String put = "/v1/exports/web/out";
        assertThat(admin("", "PUT", put, BLACKHOLE).status()).isEqualTo(401);
        Said read = admin(reader, "PUT", put, BLACKHOLE);
        assertThat(read.status()).isEqualTo(403);
        assertThat(read.error()).endsWith("lacks the role admin; it has: read");
        assertThat(admin(pusher, "PUT", put, BLACKHOLE).status()).isEqualTo(403);
        assertThat(admin(admin, "PUT", put, BLACKHOLE).status()).isEqualTo(201);
        assertThat(List.of(push("", "web"), push(reader, "web"), push(admin, "web")))
                .containsExactly(401, 403, 403);
        assertThat(push(pusher, "web")).isEqualTo(200);
    }

    @Test
    void metricsAreOpenIfTheConfigurationSaysSo() throws Exception {
        start("access: {keys_file: '%s', open_metrics: true}".formatted(file()));
        assertThat(status("", "GET", "/metrics")).isEqualTo(200);
        assertThat(status("", "GET", "/v1/node")).isEqualTo(401);
    }

    @Test
    void whoeverReachesSomeReposSeesAndStartsThingsThereAlone() throws Exception {
        String acme = key(new Scope("*", List.of("acme-*")), Role.PUSH, Role.ADMIN);
        String whole = key(Scope.WHOLE, Role.ADMIN);
        startWithKeys();
        admin(whole, "PUT", "/v1/exports/acme-web/out", BLACKHOLE);
        admin(whole, "PUT", "/v1/exports/zeta-web/out", BLACKHOLE);
        assertThat(List.of(push(acme, "acme-web"), push(acme, "zeta-web")))
                .containsExactly(200, 403);
        assertThat(status(acme, "GET", "/v1/exports/acme-web/out")).isEqualTo(200);
        assertThat(status(acme, "POST", "/v1/exports/acme-web/out/pause")).isEqualTo(200);
        assertThat(status(acme, "GET", "/v1/dlq?repo=acme-web&export=out")).isEqualTo(200);
        for (String path :
                List.of(
                        "/v1/exports/zeta-web/out",
                        "/v1/exports/zeta-web/out?repo=acme-web",
                        "/v1/repos/zeta-web",
                        "/v1/dlq?repo=zeta-web&export=out",
                        "/v1/dlq?export=out",
                        "/v1/repos",
                        "/v1/exports",
                        "/v1/ledger?repo=acme-web",
                        "/v1/keys?repo=acme-web",
                        "/v1/audit?repo=acme-web",
                        "/metrics?repo=acme-web")) {
            assertThat(status(acme, "GET", path)).as(path).isEqualTo(403);
        }
        assertThat(status(acme, "POST", "/v1/exports/zeta-web/out/pause")).isEqualTo(403);
        assertThat(status(acme, "POST", "/v1/tasks/move?repo=acme-web")).isEqualTo(403);
        assertThat(status(acme, "POST", "/v1/nodes/test/drain?repo=acme-web")).isEqualTo(403);
        String file = "{\"sink\": {\"type\": \"file\", \"directory\": \"/tmp/x\"}}";
        assertThat(admin(acme, "PUT", "/v1/exports/acme-web/out", file).status()).isEqualTo(403);
        assertThat(status(acme, "DELETE", "/v1/exports/acme-web/out")).isEqualTo(403);
    }

    @Test
    void keysAreMadeRotatedAndRevokedThroughTheNodeAtOnce() throws Exception {
        String admin = key(Scope.WHOLE, Role.ADMIN);
        startWithKeys();
        String wanted = "{\"name\": \"ci\", \"roles\": [\"push\"], \"repos\": [\"web\"]}";
        Said made = admin(admin, "POST", "/v1/keys", wanted);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String first = made.json().getString("token");
        String id = made.json().getJsonObject("key").getString("id");
        assertThat(List.of(push(first, "web"), push(first, "other"))).containsExactly(200, 403);

        Said rotated = admin(admin, "POST", "/v1/keys/" + id + "/rotate?grace_ms=0", "");
        String second = rotated.json().getString("token");
        assertThat(List.of(push(first, "web"), push(second, "web"))).containsExactly(401, 200);

        Said listed = admin(admin, "GET", "/v1/keys", "");
        assertThat(listed.body()).contains(id, "ci").doesNotContain("sha256", "salt", "token");
        assertThat(status(admin, "DELETE", "/v1/keys/" + id)).isEqualTo(200);
        assertThat(push(second, "web")).isEqualTo(401);
        assertThat(status(admin, "POST", "/v1/keys/" + id + "/rotate")).isEqualTo(409);
        assertThat(status(admin, "DELETE", "/v1/keys/none")).isEqualTo(404);
        for (String wrong :
                List.of(
                        "{}",
                        "{\"name\": \"x\", \"roles\": [\"root\"]}",
                        "{\"name\": \"x\", \"roles\": \"push\"}",
                        "{\"name\": \"x\", \"roles\": [\"push\"], \"tenants\": \"a\"}",
                        "{\"name\": \"x\", \"roles\": [\"push\"], \"expires_in_ms\": \"1\"}")) {
            assertThat(admin(admin, "POST", "/v1/keys", wrong).status()).as(wrong).isEqualTo(422);
        }
    }

    @Test
    void everyChangeIsInTheAuditLogWithWhoAndWhatCameOfIt() throws Exception {
        String admin = key(Scope.WHOLE, Role.ADMIN);
        String reader = key(Scope.WHOLE, Role.READ);
        startWithKeys();
        admin(admin, "PUT", "/v1/exports/web/out?dry_run=false&token=hush-hush", BLACKHOLE);
        admin(reader, "DELETE", "/v1/exports/web/out", "");
        admin("", "DELETE", "/v1/exports/web/out", "");
        admin(admin, "DELETE", "/v1/exports/web/none", "");
        admin(admin, "POST", "/v1/keys", "{\"name\": \"ci\", \"roles\": [\"push\"]}");
        admin(admin, "GET", "/v1/exports", "");
        Said log = admin(admin, "GET", "/v1/audit?limit=10", "");
        JsonArray entries = log.json().getJsonArray("entries");
        assertThat(entries).hasSize(4); // nobody, and who looks, leaves no trace
        JsonObject key = entries.getJsonObject(0);
        assertThat(key.getString("who")).startsWith("key ").endsWith("(test)");
        assertThat(key.getString("what")).isEqualTo("POST /v1/keys");
        assertThat(key.getString("note")).startsWith("key ").endsWith("(ci)");
        assertThat(key.getString("from")).startsWith("127.0.0.1:");
        assertThat(entries.getJsonObject(1).getInteger("status")).isEqualTo(404);
        assertThat(entries.getJsonObject(2).getInteger("status")).isEqualTo(403);
        JsonObject put = entries.getJsonObject(3);
        assertThat(put.getString("what")).isEqualTo("PUT /v1/exports/web/out");
        assertThat(put.getInteger("status")).isIn(201, 400);
        assertThat(put.getJsonObject("names").getString("repo")).isEqualTo("web");
        assertThat(log.body()).doesNotContain("hush-hush");
        assertThat(Files.readString(directory.resolve("data/audit/audit.jsonl")).lines())
                .hasSize(4);
        assertThat(admin(admin, "GET", "/v1/audit?limit=1", "").json().getJsonArray("entries"))
                .hasSize(1);
        assertThat(status(admin, "GET", "/v1/audit?limit=x")).isEqualTo(400);
    }

    @Test
    void aKeyThatIsRevokedInTheFileEndsOnANodeThatRuns() throws Exception {
        String pusher = key(Scope.WHOLE, Role.PUSH);
        startWithKeys();
        assertThat(push(pusher, "web")).isEqualTo(200);
        keys.revoke(pusher.split("_", -1)[1]);
        TestNode.until(() -> push(pusher, "web") == 401);
        String late = key(Scope.WHOLE, Role.PUSH);
        TestNode.until(() -> push(late, "web") == 200);
        Files.writeString(file(), "damaged");
        TestNode.until(() -> !node.gateway().access().complaint().isEmpty());
        assertThat(push(late, "web")).isEqualTo(200);
        assertThat(push(pusher, "web")).isEqualTo(401);
        Files.delete(file());
        TestNode.until(() -> push(late, "web") == 401);
    }

    @Test
    void aDamagedFileOfKeysStopsTheStartAndIsNamed() throws Exception {
        Files.writeString(file(), "{}");
        Gateway gateway =
                TestNode.make(
                        TestNode.yaml(
                                directory.resolve("data"),
                                "access: {keys_file: '%s'}".formatted(file())));
        assertThatThrownBy(() -> TestNode.await(gateway.start()))
                .isInstanceOf(StartException.class)
                .hasMessage("access.keys_file: " + file() + " is no file of keys, or damaged");
        TestNode.await(gateway.stop());
    }

    @Test
    void aPortForOthersTakesAWordAboutWhoMayCome() throws Exception {
        String ingress = "ingress: {host: 0.0.0.0, port: 0}\n";
        assertThatThrownBy(() -> TestNode.make(ingress))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ingress.host 0.0.0.0 is reached from other machines")
                .hasMessageContaining("penstock keys create")
                .hasMessageContaining("access.anonymous: push");
        assertThatThrownBy(() -> TestNode.make("admin: {host: 192.0.2.1}\n"))
                .hasMessageContaining("admin.host 192.0.2.1 is reached");
        for (String access :
                List.of(
                        "access: {anonymous: push}",
                        "access: {anonymous: none}",
                        "access: {keys_file: k}",
                        "access: {identities: [{subject: a, roles: [push]}]}")) {
            TestNode.await(TestNode.make(ingress + access).stop());
        }
        for (String loopback : List.of("localhost", "127.0.0.53", "'::1'", "'[::1]'")) {
            TestNode.await(TestNode.make("ingress: {host: %s}".formatted(loopback)).stop());
        }
        assertThatThrownBy(() -> TestNode.make("access: {identities: [{roles: [push]}]}"))
                .hasMessageContaining("state either subject or san");
        assertThatThrownBy(() -> TestNode.make("access: {identities: [{subject: a, roles: []}]}"))
                .hasMessageContaining("roles: none");
    }

    @Test
    void aSinkShowsItsKeyToAnotherPenstock() throws Exception {
        String pusher = key(new Scope("*", List.of("copy")), Role.PUSH);
        startWithKeys();
        String forward =
                """
                exports:
                  - {name: keyed, repo: web, batch: {linger_ms: 0}, sink: {type: grpc, url: 'http://%1$s', repo: copy, key: '%2$s'}}
                  - {name: astray, repo: web, batch: {linger_ms: 0}, sink: {type: grpc, url: 'http://%1$s', repo: other, key: '%2$s'}}
                  - {name: unknown, repo: web, batch: {linger_ms: 0}, sink: {type: grpc, url: 'http://%1$s'}}
                """
                        .formatted(node.data(), pusher);
        try (TestNode first = TestNode.start(directory.resolve("first"), forward)) {
            first.push("web", 3, AckLevel.STAGED);
            TestNode.until(() -> stats(first, "keyed").deliveredRecords() == 3);
            TestNode.until(() -> !stats(first, "astray").lastError().isEmpty());
            TestNode.until(() -> !stats(first, "unknown").lastError().isEmpty());
            assertThat(stats(first, "astray").lastError()).contains("does not reach repo other");
            assertThat(stats(first, "unknown").lastError()).contains("a key is needed");
            assertThat(stats(first, "unknown").deadLetteredRecords()).isZero();
        }
    }

    private static ExportStats stats(TestNode node, String export) {
        return node.gateway().fanOut().stats().stream()
                .filter(stats -> stats.export().equals(export))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoeverSaysNoneMeansTheMachineItselfToo() throws Exception {
        start("access: {anonymous: none}");
        assertThat(push("", "web")).isEqualTo(401);
        assertThat(status("", "GET", "/v1/node")).isEqualTo(401);
        assertThat(status("", "GET", "/livez")).isEqualTo(200);
    }
}
