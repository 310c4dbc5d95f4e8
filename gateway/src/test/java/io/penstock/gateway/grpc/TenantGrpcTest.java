package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.tenant.RepoLimits;
import io.penstock.gateway.tenant.SharingConfig;
import io.penstock.gateway.tenant.Tenancy;
import io.penstock.gateway.tenant.TenantLimits;
import io.penstock.gateway.tenant.TenantRule;
import io.penstock.gateway.tenant.Tenants;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of tenants as clients of gRPC meet them. */
class TenantGrpcTest {
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int PATIENCE_MS = 1_500;

    private final DataPort port =
            new DataPort(
                    DataPort.small(PATIENCE_MS),
                    1,
                    List.of(lane -> new GrpcIngress(lane, ControlServices::of)));
    private final HttpClient client = port.client(HttpVersion.HTTP_2);

    @AfterEach
    void close() {
        port.close();
    }

    private Tenancy tenancy(TenantLimits limits, RepoLimits each) {
        TenantRule acme = new TenantRule("acme", List.of("acme-*"), 1, limits, each, true);
        Tenancy tenancy =
                new Tenancy(
                        new Tenants(List.of(acme)),
                        SharingConfig.DEFAULT,
                        port.node().config().maxBatchBytes(),
                        System::nanoTime);
        port.node().admission(tenancy);
        return tenancy;
    }

    private RawCall.Answer push(String repo) {
        return RawCall.send(client, GrpcIngress.PUSH, Batches.framed(Batches.request(repo)));
    }

    @Test
    void aCallThatIsOverARateIsToldWhenToComeBack() throws Exception {
        Tenancy tenancy = tenancy(new TenantLimits(0, 1, 100, 0, 0, 0, 0, 0, 0), RepoLimits.NONE);
        assertThat(push("acme-web").status()).isZero();

        RawCall.Answer refused = push("acme-app");

        assertThat(refused.status()).isEqualTo(RESOURCE_EXHAUSTED);
        assertThat(refused.message()).contains("tenant acme");
        assertThat(RetryDelay.millis(refused.value("grpc-status-details-bin"))).isBetween(1L, 900L);
        assertThat(push("other").status()).isZero();
        assertThat(tenancy.stats().get(0).used().inFlight()).isZero();
    }

    @Test
    void aConnectionTooManyIsToldWhenToComeBackAndCloses() throws Exception {
        Tenancy tenancy = tenancy(new TenantLimits(0, 0, 100, 0, 1, 0, 0, 0, 0), RepoLimits.NONE);
        assertThat(push("acme-web").status()).isZero();
        HttpClient other = port.client(HttpVersion.HTTP_2);
        for (String method : List.of(GrpcIngress.PUSH, GrpcIngress.PUSH_STREAM)) {
            byte[] message = Batches.framed(Batches.request("acme-app"));
            RawCall.Answer refused = RawCall.send(other, method, message);
            assertThat(refused.status()).as(method).isEqualTo(RESOURCE_EXHAUSTED);
            assertThat(refused.message()).contains("tenant acme has 1 connections");
            assertThat(RetryDelay.millis(refused.value("grpc-status-details-bin")))
                    .isEqualTo(1_000);
            DataPort.awaitUntil("it closes", () -> port.node().connections() == 1);
        }
        assertThat(push("acme-web").status()).isZero();
        assertThat(tenancy.stats().get(0).used().connections()).isEqualTo(1);
    }

    @Test
    void aStreamThatIsOverARateIsPausedAndGoesOn() {
        tenancy(TenantLimits.NONE, new RepoLimits(0, 10, 0, 0));
        List<byte[]> messages =
                new ArrayList<>(
                        Collections.nCopies(20, Batches.framed(Batches.request("acme-web"))));
        long beganNs = System.nanoTime();

        RawCall.Answer answer = RawCall.send(client, GrpcIngress.PUSH_STREAM, messages);

        assertThat(answer.status()).isZero();
        assertThat(answer.responses()).hasSize(20);
        assertThat(port.intake().staged()).hasSize(20);
        assertThat(System.nanoTime() - beganNs)
                .as("a burst of a second and one, and nine more at ten a second")
                .isGreaterThan(750_000_000L);
    }

    @Test
    void aPausedStreamWaitsForItsRepoAndNoOtherStreamDoes() {
        tenancy(TenantLimits.NONE, new RepoLimits(0, 10, 0, 0));
        HttpClientRequest call = RawCall.open(client, GrpcIngress.PUSH_STREAM);
        Future<RawCall.Answer> answer = RawCall.answer(call);
        for (int i = 0; i < 15; i++) {
            call.write(Buffer.buffer(Batches.framed(Batches.request("acme-web"))));
        }
        DataPort.awaitUntil("the burst", () -> port.intake().staged().size() >= 11);

        assertThat(push("acme-app").status()).isZero();
        assertThat(push("acme-web").status()).isEqualTo(RESOURCE_EXHAUSTED);
        call.end();
        assertThat(DataPort.await(answer).responses()).hasSize(15);
    }

    @Test
    void aStreamThatWouldWaitTooLongIsRefusedAndHoldsNothing() {
        Tenancy tenancy = tenancy(new TenantLimits(1, 0, 100, 0, 0, 0, 0, 0, 0), RepoLimits.NONE);
        List<byte[]> messages =
                List.of(
                        Batches.framed(Batches.request("acme-web")),
                        Batches.framed(Batches.request("acme-web")));

        RawCall.Answer answer = RawCall.send(client, GrpcIngress.PUSH_STREAM, messages);

        assertThat(answer.status()).isEqualTo(RESOURCE_EXHAUSTED);
        assertThat(answer.responses()).hasSize(1);
        DataPort.awaitUntil("no bytes", () -> port.node().budget().usedBytes() == 0);
        assertThat(tenancy.stats().get(0).used().inFlight()).isZero();
        assertThat(tenancy.stats().get(0).used().gatheredBytes()).isZero();
    }

    @Test
    void aPausedStreamWhoseClientGoesAwayHoldsNothing() {
        Tenancy tenancy = tenancy(new TenantLimits(1, 0, 100, 0, 0, 0, 0, 0, 0), RepoLimits.NONE);
        HttpClientRequest call = RawCall.open(client, GrpcIngress.PUSH_STREAM);
        for (int i = 0; i < 2; i++) {
            call.write(Buffer.buffer(Batches.framed(Batches.request("acme-web"))));
        }
        DataPort.awaitUntil("one waits", () -> port.node().budget().usedBytes() > 0);
        DataPort.awaitUntil("one is staged", () -> port.intake().staged().size() == 1);
        DataPort.awaitUntil("it counts", () -> tenancy.stats().get(0).used().gatheredBytes() > 0);

        call.reset();

        DataPort.awaitUntil("no bytes", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls", () -> port.node().grpc().openCalls() == 0);
        assertThat(tenancy.stats().get(0).used().gatheredBytes()).isZero();
    }
}
