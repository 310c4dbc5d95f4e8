package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.penstock.gateway.boot.RawHttp.Said;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.token.TestIssuer;
import io.penstock.gateway.token.TestIssuer.Signer;
import io.penstock.proto.ingest.v1.PushRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who may do what on a whole node by a token of an issuer. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeTokenTest {
    private static final String BATCH = "[{\"a\":1}]";
    private static final int UNAUTHENTICATED = 16;
    private static final int PERMISSION_DENIED = 7;

    private final ListAppender<ILoggingEvent> ear = new ListAppender<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Said> all = new ArrayList<>();
    private Vertx vertx;
    private Signer signer;
    private TestIssuer issuer;
    private TestNode node;

    @TempDir private static Path directory;

    @BeforeAll
    void open() throws Exception {
        ear.start();
        root().addAppender(ear);
        ((Logger) LoggerFactory.getLogger("io.penstock")).setLevel(Level.DEBUG);
        vertx = Vertx.vertx();
        signer = Signer.fresh("k1", "ES256");
        issuer = TestIssuer.start(vertx, new HttpServerOptions());
        issuer.publish(signer);
        node = TestNode.start(directory.resolve("data"), sections());
    }

    @AfterAll
    void close() throws Exception {
        node.close();
        issuer.down();
        TestNode.await(vertx.close());
        root().detachAppender(ear);
        ((Logger) LoggerFactory.getLogger("io.penstock")).setLevel(null);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** As an issuer like Keycloak writes its claims. */
    private String sections() {
        return """
        access:
          jwt:
            issuer: '%s'
            audience: [penstock]
            refresh_ms: 1s
            name_claim: preferred_username
            tenant_claim: organization
            roles_claim: realm_access.roles
            roles: {penstock-push: push, penstock-read: read, penstock-admin: admin}
            every_tenant: [penstock-operator]
        tenants:
          acme: {repos: ['acme-*'], auto_create: true}
          beta: {repos: ['beta-*'], auto_create: true}
        """
                .formatted(issuer.issuer());
    }

    private JsonObject claims(String name, String tenant, String... roles) {
        JsonObject claims =
                issuer.claims("penstock", System.currentTimeMillis())
                        .put("preferred_username", name)
                        .put(
                                "realm_access",
                                new JsonObject().put("roles", new JsonArray(List.of(roles))));
        return tenant.isEmpty() ? claims : claims.put("organization", tenant);
    }

    private String token(String name, String tenant, String... roles) throws Exception {
        return signed(claims(name, tenant, roles));
    }

    private String signed(JsonObject claims) throws Exception {
        String token = signer.sign(claims);
        tokens.add(token);
        return token;
    }

    private Said ask(int port, String method, String path, String body, String authorization)
            throws Exception {
        Said said =
                RawHttp.ask(
                        port,
                        method,
                        path,
                        body,
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        authorization);
        all.add(said);
        return said;
    }

    private Said push(String token, String repo) throws Exception {
        return ask(
                node.gateway().dataPort(),
                "POST",
                "/v1/repos/" + repo + "/batches",
                BATCH,
                "Bearer " + token);
    }

    private Said admin(String token, String method, String path) throws Exception {
        return ask(node.gateway().adminPort(), method, path, "", "Bearer " + token);
    }

    /** A push by gRPC; answers its status. */
    private int grpc(String token, String repo) throws Exception {
        byte[] request =
                PushRequest.newBuilder()
                        .setRepo(repo)
                        .setBatch(Batches.batch(1, 10))
                        .build()
                        .toByteArray();
        Buffer framed = Buffer.buffer().appendByte((byte) 0).appendInt(request.length);
        framed.appendBytes(request);
        HttpClient client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setHttp2ClearTextUpgrade(false));
        try {
            HttpClientResponse response =
                    TestNode.await(
                            client.request(
                                            HttpMethod.POST,
                                            node.gateway().dataPort(),
                                            "127.0.0.1",
                                            "/penstock.ingest.v1.IngestService/Push")
                                    .compose(
                                            call ->
                                                    call.putHeader(
                                                                    "content-type",
                                                                    "application/grpc")
                                                            .putHeader(
                                                                    "authorization",
                                                                    "Bearer " + token)
                                                            .send(framed))
                                    .compose(said -> said.body().map(said)));
            String status = response.getTrailer("grpc-status");
            return Integer.parseInt(status == null ? response.getHeader("grpc-status") : status);
        } finally {
            TestNode.await(client.close());
        }
    }

    @Test
    void aTokenOpensWhatItsRolesAndItsTenantAre() throws Exception {
        String pusher = token("web", "acme", "penstock-push", "offline_access");
        assertThat(push(pusher, "acme-web").status()).isEqualTo(200);
        Said beyond = push(pusher, "beta-web");
        assertThat(beyond.status()).isEqualTo(403);
        assertThat(beyond.body()).contains("token web does not reach repo beta-web");
        assertThat(admin(pusher, "GET", "/v1/node").status()).isEqualTo(403);

        String reader = token("eve", "acme", "penstock-read");
        assertThat(push(reader, "acme-web").status()).isEqualTo(403);
        assertThat(admin(reader, "GET", "/v1/repos/acme-web").status()).isEqualTo(200);
        assertThat(admin(reader, "GET", "/v1/repos/beta-web").status()).isEqualTo(403);
        assertThat(admin(reader, "GET", "/v1/node").status()).isEqualTo(403); // everybody's

        String operator = token("ops", "", "penstock-admin", "penstock-operator");
        assertThat(admin(operator, "GET", "/v1/node").status()).isEqualTo(200);
        String one = "/v1/exports/acme-web/out";
        assertThat(admin(operator, "DELETE", one).status()).isEqualTo(404);
        assertThat(admin(operator, "GET", "/v1/audit").body())
                .contains("\"who\":\"token ops\"", "DELETE " + one);
    }

    /** With another first letter of its signature. */
    private static String forged(String token) {
        int at = token.lastIndexOf('.') + 1;
        String letter = token.charAt(at) == 'B' ? "C" : "B";
        return token.substring(0, at) + letter + token.substring(at + 1);
    }

    @Test
    void everyDoorTakesOneWhereItTakesAKey() throws Exception {
        String pusher = token("web", "acme", "penstock-push");
        int port = node.gateway().dataPort();
        String bulk = "{\"index\":{\"_index\":\"acme-bulk\"}}\n{\"a\":1}\n";
        String basic =
                Base64.getEncoder()
                        .encodeToString(("me:" + pusher).getBytes(StandardCharsets.UTF_8));
        assertThat(ask(port, "POST", "/_bulk", bulk, "Basic " + basic).body())
                .contains("\"errors\":false");
        String line = "/write?db=acme-lines";
        assertThat(ask(port, "POST", line, "cpu v=1 1", "Token " + pusher).status()).isEqualTo(204);
        assertThat(ask(port, "POST", line, "cpu v=1 1", "Token " + forged(pusher)).status())
                .isEqualTo(401);
        assertThat(grpc(pusher, "beta-web")).isEqualTo(PERMISSION_DENIED);
        assertThat(grpc(forged(pusher), "acme-web")).isEqualTo(UNAUTHENTICATED);
        assertThat(grpc(pusher, "acme-web")).isNotIn(UNAUTHENTICATED, PERMISSION_DENIED);
    }

    @Test
    void aRefusalSaysWhichCheckFailedAndNothingOfTheToken() throws Exception {
        long nowS = System.currentTimeMillis() / 1_000;
        JsonObject good = claims("web", "acme", "penstock-push");
        assertRefused(good.copy().put("exp", nowS - 60), "the token has expired");
        assertRefused(good.copy().put("nbf", nowS + 60), "the token is not valid yet");
        assertRefused(good.copy().put("aud", "account"), "another audience than penstock");
        assertRefused(good.copy().put("iss", "https://evil.example"), "not of the issuer");
        String unsigned = token("web", "acme", "penstock-push");
        String cut = unsigned.substring(0, unsigned.lastIndexOf('.') + 1);
        assertThat(push(cut, "acme-web").body()).contains("the token is malformed");
        assertThat(push(cut + "AAAA", "acme-web").body())
                .contains("the token's signature does not hold");
        assertThat(push(cut + "AAAA", "acme-web").status()).isEqualTo(401);
        assertThat(push("pk_abc_" + "s".repeat(43), "acme-web").status()).isEqualTo(401);

        Said nothing = push(token("bob", "acme", "offline_access"), "acme-web");
        assertThat(nothing.status()).isEqualTo(403);
        assertThat(nothing.body()).contains("token bob has none of the roles");
        for (String nobodys : List.of("", "*", "a b")) {
            Said lost = push(token("bob", nobodys, "penstock-push"), "acme-web");
            assertThat(lost.status()).as(nobodys).isEqualTo(403);
            assertThat(lost.body()).contains("no tenant in its claim organization");
        }
    }

    private void assertRefused(JsonObject claims, String words) throws Exception {
        String token = signed(claims);
        Said data = push(token, "acme-web");
        assertThat(data.status()).isEqualTo(401);
        assertThat(data.body()).contains(words);
        Said admin = admin(token, "GET", "/v1/node");
        assertThat(admin.status()).isEqualTo(401);
        assertThat(admin.error()).contains(words);
    }

    /** Ends what all tests have planted, so it is the last to ask. */
    @Test
    void aRotationLosesNothingAndNoTokenIsToldAnywhere() throws Exception {
        String before = token("web", "acme", "penstock-push");
        assertThat(push(before, "acme-web").status()).isEqualTo(200);
        Signer old = signer;
        Signer next = Signer.fresh("k2", "RS256");
        issuer.publish(old, next);
        try {
            String after = next.sign(claims("web", "acme", "penstock-push"));
            tokens.add(after);
            // 503 with Retry-After while it is looked for, at the most
            TestNode.until(() -> push(after, "acme-web").status() == 200);
            issuer.publish(next);
            TestNode.until(() -> push(before, "acme-web").status() == 401);
        } finally {
            issuer.publish(old, next);
        }
        TestNode.until(() -> push(before, "acme-web").status() == 200);
        String reader = token("ops", "", "penstock-read", "penstock-operator");
        assertThat(admin(reader, "GET", "/metrics").body())
                .contains(
                        "penstock_access_tokens_total{outcome=\"good\"} ",
                        "penstock_access_tokens_total{outcome=\"key\"} ",
                        "penstock_access_token_keys 2");
        assertNothingIsTold();
    }

    private void assertNothingIsTold() throws Exception {
        List<String> told = new ArrayList<>();
        synchronized (ear) { // as it appends
            ear.list.forEach(event -> told.add(event.getFormattedMessage()));
        }
        all.forEach(said -> told.add(said.head() + said.body()));
        Path audit = directory.resolve("data/audit");
        if (Files.exists(audit)) { // where another test has changed something
            try (Stream<Path> files = Files.list(audit)) {
                for (Path file : files.toList()) {
                    told.add(Files.readString(file));
                }
            }
        }
        assertThat(told.size()).isGreaterThan(10);
        for (String token : tokens) {
            for (String part : token.split("\\.", -1)) {
                assertThat(told).noneMatch(text -> text.contains(part));
            }
        }
    }

    @Test
    void aConfigurationThatWouldOpenTooMuchIsRefused() {
        String issuer = "issuer: 'https://id.example', ";
        String roles = "roles: {a: push}";
        assertFaulty(issuer + roles, "audience: none");
        assertFaulty(issuer + "audience: [a]", "roles: none");
        assertFaulty(issuer + "audience: [a], algorithms: [HS256], " + roles, "'HS256' is none of");
        assertFaulty(issuer + "audience: [a], algorithms: [none], " + roles, "'none' is none of");
        assertFaulty("issuer: 'http://id.example', audience: [a], " + roles, "must be an https");
        assertFaulty(
                issuer + "audience: [a], keys_url: 'http://10.0.0.1/k', " + roles,
                "must be an https");
        assertFaulty(issuer + "audience: [a], roles: {a: root}", "one of push | read | admin");
    }

    private void assertFaulty(String jwt, String message) {
        assertThatThrownBy(
                        () ->
                                TestNode.make(
                                        TestNode.yaml(
                                                directory.resolve("none"),
                                                "access: {jwt: {" + jwt + "}}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }
}
