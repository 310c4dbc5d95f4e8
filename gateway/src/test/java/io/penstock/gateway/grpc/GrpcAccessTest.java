package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.access.AccessConfig.Anonymous;
import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.Role;
import io.penstock.gateway.access.TestGate;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.otlp.OtlpSignal;
import io.penstock.gateway.otlp.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may push over gRPC, and how it is said to the others. */
class GrpcAccessTest {
    private static final String LOGS = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    private static final int UNAUTHENTICATED = 16;
    private static final int PERMISSION_DENIED = 7;

    private DataPort port;
    private TestGate gate;
    private HttpClient client;

    @TempDir private Path directory;

    @BeforeEach
    void open() {
        port =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(
                                lane -> new GrpcIngress(lane, ControlServices::of),
                                HttpIngress::new));
        gate = new TestGate(directory, Anonymous.NONE, List.of());
        port.node().guardedBy(gate.gate());
        client = port.client(HttpVersion.HTTP_2);
    }

    @AfterEach
    void close() {
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().grpc().openCalls() == 0);
        port.close();
    }

    private static byte[] push(String repo) {
        return Batches.framed(Batches.request(repo, Batches.batch(3, 10)).toByteArray(), false);
    }

    @Test
    void aCallWithoutKeyIsUnauthenticatedAndOneWithItIsNot() throws Exception {
        for (String method : List.of(GrpcIngress.PUSH, GrpcIngress.PUSH_STREAM)) {
            RawCall.Answer none = RawCall.send(client, method, push("acme-web"));
            assertThat(none.http()).isEqualTo(200);
            assertThat(none.status()).isEqualTo(UNAUTHENTICATED);
            assertThat(none.message()).startsWith("a key is needed");
        }
        assertThat(port.intake().staged()).isEmpty();
        assertThat(port.node().grpc().faults(FaultKind.UNAUTHENTICATED)).isEqualTo(2);
        String mine = gate.pusher();
        RawCall.Answer well =
                RawCall.send(client, GrpcIngress.PUSH, push("acme-web"), "authorization", mine);
        assertThat(well.status()).as(well.message()).isZero();
    }

    @Test
    void aRepoOutOfReachIsDenied() throws Exception {
        String acme = "Bearer " + gate.key(Role.PUSH, "acme", List.of(), Key.NEVER).text();
        for (String method : List.of(GrpcIngress.PUSH, GrpcIngress.PUSH_STREAM)) {
            RawCall.Answer other =
                    RawCall.send(client, method, push("zeta-web"), "authorization", acme);
            assertThat(other.status()).isEqualTo(PERMISSION_DENIED);
            assertThat(other.message()).endsWith("does not reach repo zeta-web");
        }
        assertThat(port.intake().staged()).isEmpty();
    }

    @Test
    void otlpIsRefusedInTheSameWords() throws Exception {
        byte[] logs = Batches.framed(Telemetry.of(OtlpSignal.LOGS).toByteArray(), false);
        assertThat(RawCall.send(client, LOGS, logs).status()).isEqualTo(UNAUTHENTICATED);
        String acme = "Bearer " + gate.key(Role.PUSH, "acme", List.of(), Key.NEVER).text();
        RawCall.Answer other =
                RawCall.send(
                        client, LOGS, logs, "authorization", acme, "x-penstock-repo", "zeta-web");
        assertThat(other.status()).isEqualTo(PERMISSION_DENIED);
    }

    @Test
    void aStreamThatHasBeenOpenForLongEndsWithItsKey() throws Exception {
        String mine = gate.pusher();
        HttpClientRequest stream =
                RawCall.open(client, GrpcIngress.PUSH_STREAM, "authorization", mine);
        Future<RawCall.Answer> answer = RawCall.answer(stream);
        stream.write(Buffer.buffer(push("acme-web")));
        DataPort.awaitUntil("staged", () -> port.intake().staged().size() == 1);
        gate.revoke(mine.split("_", -1)[1]);
        stream.write(Buffer.buffer(push("acme-web")));
        RawCall.Answer end = DataPort.await(answer);
        assertThat(end.status()).isEqualTo(UNAUTHENTICATED);
        assertThat(end.message()).endsWith("is revoked");
        assertThat(end.responses()).hasSize(1);
        assertThat(port.intake().staged()).hasSize(1);
        stream.reset();
    }

    @Test
    void healthIsForEverybodyAndReflectionIsNot() {
        byte[] nothing = new byte[5];
        assertThat(RawCall.send(client, "/grpc.health.v1.Health/Check", nothing).status()).isZero();
        assertThat(
                        RawCall.send(
                                        client,
                                        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                                        nothing)
                                .status())
                .isEqualTo(UNAUTHENTICATED);
    }
}
