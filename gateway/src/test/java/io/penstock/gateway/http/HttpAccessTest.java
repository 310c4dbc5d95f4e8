package io.penstock.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.access.AccessConfig.Anonymous;
import io.penstock.gateway.access.AccessConfig.Identity;
import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyToken;
import io.penstock.gateway.access.Role;
import io.penstock.gateway.access.Scope;
import io.penstock.gateway.access.TestGate;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may push over HTTP, and how it is said to the others. */
class HttpAccessTest {
    private static final byte[] BATCH = Batches.batch(3, 10).toByteArray();
    private static final String WEB = "/v1/repos/acme-web/batches";

    private DataPort port;
    private TestGate gate;

    @TempDir private Path directory;

    @BeforeEach
    void open() {
        port = new DataPort(DataPort.small(), 1, List.of(HttpIngress::new));
        gate = guard(Anonymous.NONE, List.of());
    }

    private TestGate guard(Anonymous anonymous, List<Identity> identities) {
        TestGate made = new TestGate(directory, anonymous, identities);
        port.node().guardedBy(made.gate());
        return made;
    }

    @AfterEach
    void close() {
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().http().openCalls() == 0);
        port.close();
    }

    private static HttpAnswer push(HttpClient client, String path, String authorization) {
        return HttpAnswer.post(
                client,
                path,
                BATCH,
                "content-type",
                "application/x-protobuf",
                authorization.isEmpty() ? "x-nothing" : "authorization",
                authorization.isEmpty() ? "-" : authorization);
    }

    private int status(HttpClient client, String authorization) {
        return push(client, WEB, authorization).status();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void whoeverShowsNoKeyIsToldWhichIsWanted(HttpVersion version) throws Exception {
        HttpClient client = port.client(version);
        HttpAnswer none = push(client, WEB, "");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("www-authenticate")).isEqualTo("Bearer realm=\"penstock\"");
        assertThat(none.error())
                .startsWith("unauthenticated: a key is needed: send it as \"Authorization: Bearer");
        assertThat(push(client, WEB, "Bearer pk_abc_" + "s".repeat(43)).error())
                .isEqualTo("unauthenticated: there is no such key");
        assertThat(push(client, WEB, "Bearer nonsense").status()).isEqualTo(401);
        assertThat(push(client, "/v1/nothing", "").status()).isEqualTo(401);
        assertThat(port.intake().staged()).isEmpty();

        assertThat(status(client, gate.pusher())).isEqualTo(200);
        assertThat(port.intake().staged()).hasSize(1);
    }

    @Test
    void aRequestThatSpillsOverIsAnsweredTooAndTheConnectionGoesOn() throws Exception {
        HttpClient client = port.client(HttpVersion.HTTP_1_1);
        HttpAnswer refused =
                HttpAnswer.post(
                        client, WEB, new byte[200_000], "content-type", "application/x-protobuf");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(status(client, gate.pusher())).isEqualTo(200);
    }

    @Test
    void aKeyIsAskedForEachRequestAnewThoughItsConnectionIsKnown() throws Exception {
        HttpClient client = port.client(HttpVersion.HTTP_2);
        String mine = gate.pusher();
        String other = gate.pusher();
        assertThat(status(client, mine)).isEqualTo(200);
        assertThat(status(client, "")).isEqualTo(401);
        assertThat(status(client, mine.substring(0, mine.length() - 1) + "~")).isEqualTo(401);
        assertThat(status(client, other)).isEqualTo(200);
        assertThat(status(client, mine)).isEqualTo(200);
        gate.revoke(mine.split("_", -1)[1]);
        assertThat(push(client, WEB, mine).error())
                .startsWith("unauthenticated: key ")
                .endsWith(" is revoked");
        assertThat(status(client, other)).isEqualTo(200);
    }

    @Test
    void anExpiredKeyAndARotatedOneEndInTime() throws Exception {
        HttpClient client = port.client(HttpVersion.HTTP_2);
        KeyToken brief = gate.key(Role.PUSH, Scope.EVERY, List.of(), 1_000);
        KeyToken lasting = gate.key(Role.PUSH, Scope.EVERY, List.of(), Key.NEVER);
        KeyToken fresh = gate.rotate(lasting.id(), 1_000);
        for (KeyToken token : List.of(brief, lasting, fresh)) {
            assertThat(status(client, "Bearer " + token.text())).isEqualTo(200);
        }
        gate.pass(1_000);
        assertThat(push(client, WEB, "Bearer " + brief.text()).error()).endsWith("has expired");
        assertThat(push(client, WEB, "Bearer " + lasting.text()).error()).endsWith("has expired");
        assertThat(status(client, "Bearer " + fresh.text())).isEqualTo(200);
    }

    @Test
    void whoeverMayNotReachARepoHearsSo() throws Exception {
        HttpClient client = port.client(HttpVersion.HTTP_1_1);
        String acme = "Bearer " + gate.key(Role.PUSH, "acme", List.of(), Key.NEVER).text();
        assertThat(status(client, acme)).isEqualTo(200);
        HttpAnswer other = push(client, "/v1/repos/zeta-web/batches", acme);
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.error())
                .startsWith("forbidden: key ")
                .endsWith("does not reach repo zeta-web");
        assertThat(other.header("www-authenticate")).isNull();

        String some = "Bearer " + gate.key(Role.PUSH, "*", List.of("*-web"), Key.NEVER).text();
        assertThat(status(client, some)).isEqualTo(200);
        assertThat(push(client, "/v1/repos/acme-db/batches", some).status()).isEqualTo(403);

        String reader = "Bearer " + gate.key(Role.READ, "*", List.of(), Key.NEVER).text();
        assertThat(push(client, WEB, reader).error()).endsWith("lacks the role push; it has: read");
        assertThat(port.intake().staged()).hasSize(2);
    }

    @Test
    void otlpIsRefusedAsAGoogleRpcStatus() throws Exception {
        HttpClient client = port.client(HttpVersion.HTTP_1_1);
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        HttpAnswer json =
                HttpAnswer.post(client, "/v1/logs", empty, "content-type", "application/json");
        assertThat(json.status()).isEqualTo(401);
        assertThat(json.json().getInteger("code")).isEqualTo(16);
        assertThat(json.json().getString("message")).startsWith("a key is needed");
        HttpAnswer protobuf =
                HttpAnswer.post(
                        client, "/v1/logs", BATCH, "content-type", "application/x-protobuf");
        assertThat(protobuf.status()).isEqualTo(401);
        assertThat(protobuf.header("content-type")).isEqualTo("application/x-protobuf");
        assertThat(protobuf.body().getByte(1)).isEqualTo((byte) 16); // Status.code

        String acme = "Bearer " + gate.key(Role.PUSH, "acme", List.of(), Key.NEVER).text();
        String logs =
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\"}]}]}]}";
        HttpAnswer foreign =
                HttpAnswer.post(
                        client,
                        "/v1/logs",
                        logs.getBytes(StandardCharsets.UTF_8),
                        "content-type",
                        "application/json",
                        "x-penstock-repo",
                        "zeta-web",
                        "authorization",
                        acme);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.json().getInteger("code")).isEqualTo(7);
    }

    @Test
    void holdersOfCertificatesAreWhoTheConfigurationSays() throws Exception {
        gate =
                guard(
                        Anonymous.NONE,
                        List.of(
                                new Identity("shipper", "", "acme", List.of(), List.of(Role.PUSH)),
                                new Identity(
                                        "", "*.zeta.example", "*", List.of(), List.of(Role.PUSH))));
        assertThat(status(port.client(HttpVersion.HTTP_2), "")).isEqualTo(401);
        gate.certificate("shipper");
        HttpClient shipper = port.client(HttpVersion.HTTP_2);
        assertThat(status(shipper, "")).isEqualTo(200);
        assertThat(push(shipper, "/v1/repos/zeta-web/batches", "").error())
                .isEqualTo("forbidden: identity shipper does not reach repo zeta-web");
        assertThat(status(shipper, "Bearer x")).isEqualTo(401); // what is shown counts
        gate.certificate("other", "db.zeta.example");
        HttpClient other = port.client(HttpVersion.HTTP_2);
        assertThat(push(other, "/v1/repos/zeta-web/batches", "").status()).isEqualTo(200);
        gate.certificate("other", "db.zeta.example.evil");
        assertThat(status(port.client(HttpVersion.HTTP_2), "")).isEqualTo(401);
    }

    @Test
    void whereAnybodyMayPushAWrongKeyIsStillWrong() throws Exception {
        gate = guard(Anonymous.PUSH, List.of());
        HttpClient client = port.client(HttpVersion.HTTP_1_1);
        assertThat(status(client, "")).isEqualTo(200);
        assertThat(status(client, "Bearer pk_abc_" + "s".repeat(43))).isEqualTo(401);
    }
}
