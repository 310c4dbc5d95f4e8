package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.model.RepoName;
import io.penstock.proto.ingest.v1.AckLevel;
import io.penstock.proto.ingest.v1.PushRequest;
import io.penstock.proto.ingest.v1.PushResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcPushTest {
    private static final RepoName WEB = new RepoName("web");

    private DataPort port;
    private HttpClient client;

    @BeforeEach
    void open() {
        port =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(lane -> new GrpcIngress(lane, ControlServices::of)));
        client = port.client(HttpVersion.HTTP_2);
    }

    @AfterEach
    void close() {
        port.close();
    }

    @Test
    void answersAPushWithItsReceipt() throws Exception {
        PushRequest request =
                Batches.request("web").toBuilder()
                        .setProducerId(77)
                        .setSequence(5)
                        .setAck(AckLevel.ACK_LEVEL_SYNCED)
                        .build();

        RawCall.Answer answer = RawCall.send(client, GrpcIngress.PUSH, Batches.framed(request));

        assertThat(answer.status()).isZero();
        PushResponse response = answer.responses().get(0);
        assertThat(response.getReceipt().getRepo()).isEqualTo("web");
        assertThat(response.getReceipt().getNode()).isEqualTo("node-1");
        assertThat(response.getReceipt().getEpoch()).isEqualTo(FakeIntake.EPOCH);
        assertThat(response.getReceipt().getFirstPosition()).isEqualTo(4096);
        assertThat(response.getReceipt().getRecords()).isEqualTo(3);
        assertThat(response.getDuplicate()).isFalse();
        FakeIntake.Staged staged = port.intake().staged().get(0);
        assertThat(staged.repo()).isEqualTo(WEB);
        assertThat(staged.encoding()).isEqualTo(Encoding.NATIVE.code());
        assertThat(staged.producerId()).isEqualTo(77);
        assertThat(staged.sequence()).isEqualTo(5);
        assertThat(staged.ack()).isEqualTo(io.penstock.model.AckLevel.SYNCED);
        assertThat(staged.body()).isEqualTo(request.getBatch().toByteArray());
    }

    @Test
    void namesTheOwnersOfARepoWhereThereAreBetterNodes() {
        port.node().hint(Map.of(WEB, HintFields.hint(List.of("b:1", "c:2"), 3, 17)));

        RawCall.Answer answer =
                RawCall.send(
                        client,
                        GrpcIngress.PUSH_STREAM,
                        List.of(
                                Batches.framed(Batches.request("web")),
                                Batches.framed(Batches.request("other"))));

        PushResponse hinted = answer.responses().get(0);
        assertThat(hinted.getReceipt().getRecords()).isEqualTo(3);
        assertThat(hinted.getOwnersList()).containsExactly("b:1", "c:2");
        assertThat(hinted.getOwnersVersion().getEpoch()).isEqualTo(3);
        assertThat(hinted.getOwnersVersion().getSequence()).isEqualTo(17);
        assertThat(answer.responses().get(1).getOwnersList()).isEmpty();
        assertThat(answer.responses().get(1).hasOwnersVersion()).isFalse();
    }

    @Test
    void saysWhenABatchWasStagedBefore() {
        byte[] request =
                Batches.framed(
                        Batches.request("web").toBuilder().setProducerId(1).setSequence(1).build());
        RawCall.send(client, GrpcIngress.PUSH, request);

        RawCall.Answer again = RawCall.send(client, GrpcIngress.PUSH, request);

        assertThat(again.responses().get(0).getDuplicate()).isTrue();
        assertThat(port.intake().staged()).hasSize(1);
    }

    @Test
    void answersAStreamInTheOrderOfItsRequests() {
        port.intake().answerLater();
        List<byte[]> requests = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            requests.add(Batches.framed(Batches.request("web", Batches.batch(i, 1))));
        }

        RawCall.Answer answer = RawCall.send(client, GrpcIngress.PUSH_STREAM, requests);

        assertThat(answer.status()).isZero();
        assertThat(answer.responses())
                .extracting(r -> r.getReceipt().getRecords())
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.rangeClosed(1, 500).boxed().toList());
    }

    @Test
    void answersAStreamWhileItGoesOn() {
        HttpClientRequest request = RawCall.open(client, GrpcIngress.PUSH_STREAM);
        AtomicInteger received = new AtomicInteger();
        request.response()
                .onSuccess(
                        response -> response.handler(chunk -> received.addAndGet(chunk.length())));
        request.write(Buffer.buffer(Batches.framed(Batches.request("web"))));
        DataPort.awaitUntil("the first answer", () -> received.get() > 0);
        int first = received.get();

        request.write(Buffer.buffer(Batches.framed(Batches.request("web"))));

        DataPort.awaitUntil("the second answer", () -> received.get() > first);
        request.end();
    }

    @Test
    void endsAnEmptyStreamWell() {
        RawCall.Answer answer = RawCall.send(client, GrpcIngress.PUSH_STREAM, new byte[0]);

        assertThat(answer.status()).isZero();
        assertThat(answer.responses()).isEmpty();
    }

    @Test
    void holdsNoMoreThanItsPlacesWhileAnswersAreOut() {
        port.intake().hold();
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < 3 * PushCall.MAX_IN_FLIGHT; i++) {
            requests.add(Batches.framed(Batches.request("web")));
        }
        HttpClientRequest request = RawCall.open(client, GrpcIngress.PUSH_STREAM);
        Future<RawCall.Answer> answer = RawCall.answer(request);
        request.end(Buffer.buffer(Batches.joined(requests.toArray(new byte[0][]))));
        DataPort.awaitUntil(
                "a full queue", () -> port.intake().heldAnswers() == PushCall.MAX_IN_FLIGHT);

        port.intake().letGo();

        assertThat(DataPort.await(answer).responses()).hasSize(3 * PushCall.MAX_IN_FLIGHT);
    }

    @Test
    void saysWhenToComeBackWhenThereIsNoRoom() throws Exception {
        port.intake().refuse(new Refusal.Full(WEB, 2750, "repo web is full"));

        RawCall.Answer answer =
                RawCall.send(client, GrpcIngress.PUSH, Batches.framed(Batches.request("web")));

        assertThat(answer.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
        assertThat(answer.message()).isEqualTo("repo web is full");
        assertThat(RetryDelay.millis(answer.value("grpc-status-details-bin"))).isEqualTo(2750);
        assertThat(port.node().grpc().faults(FaultKind.FULL)).isEqualTo(1);
    }

    @Test
    void endsAStreamAtItsFirstRefusalAndKeepsWhatWasAnsweredBefore() {
        HttpClientRequest request = RawCall.open(client, GrpcIngress.PUSH_STREAM);
        Future<RawCall.Answer> answer = RawCall.answer(request);
        request.write(Buffer.buffer(Batches.framed(Batches.request("web"))));
        DataPort.awaitUntil("the first", () -> port.intake().staged().size() == 1);
        port.intake().refuse(new Refusal.BadSequence("sequence 9 jumps, expected 2"));

        request.end(
                Buffer.buffer(
                        Batches.joined(
                                Batches.framed(Batches.request("web")),
                                Batches.framed(Batches.request("web")))));

        RawCall.Answer whole = DataPort.await(answer);
        assertThat(whole.responses()).hasSize(1);
        assertThat(whole.status()).isEqualTo(Status.INVALID_ARGUMENT);
        assertThat(whole.message()).isEqualTo("sequence 9 jumps, expected 2");
        assertThat(port.intake().staged()).hasSize(1);
    }

    @Test
    void givesEveryRefusalItsStatus() {
        assertThat(statusOf(new Refusal.TooLarge("t"))).isEqualTo(Status.RESOURCE_EXHAUSTED);
        assertThat(statusOf(new Refusal.UnknownRepo("u"))).isEqualTo(Status.NOT_FOUND);
        assertThat(statusOf(new Refusal.BadSequence("b"))).isEqualTo(Status.INVALID_ARGUMENT);
        assertThat(statusOf(new Refusal.Pending(5, "p"))).isEqualTo(Status.UNAVAILABLE);
        assertThat(statusOf(new Refusal.Unavailable(5, "g"))).isEqualTo(Status.UNAVAILABLE);
        assertThat(statusOf(new Refusal.AckTimeout("a"))).isEqualTo(Status.DEADLINE_EXCEEDED);
        port.intake().refuse(null);
        assertThat(
                        RawCall.send(
                                        client,
                                        GrpcIngress.PUSH,
                                        Batches.framed(Batches.request("web")))
                                .status())
                .isZero();
    }

    private int statusOf(Refusal refusal) {
        port.intake().refuse(refusal);
        RawCall.Answer answer =
                RawCall.send(client, GrpcIngress.PUSH, Batches.framed(Batches.request("web")));
        assertThat(answer.message()).isEqualTo(refusal.message());
        return answer.status();
    }

    @Test
    void answersWhenTheCallsTimeHasPassed() {
        port.intake().hold();

        RawCall.Answer answer =
                RawCall.send(
                        client,
                        GrpcIngress.PUSH,
                        Batches.framed(Batches.request("web")),
                        "grpc-timeout",
                        "150m");

        assertThat(answer.status()).isEqualTo(Status.DEADLINE_EXCEEDED);
        port.intake().letGo();
        DataPort.awaitUntil("the late answer", () -> port.intake().staged().size() == 1);
        DataPort.awaitUntil("bytes let go", () -> port.node().budget().usedBytes() == 0);
    }

    @Test
    void refusesWhileDraining() {
        port.node().drain();

        RawCall.Answer answer =
                RawCall.send(client, GrpcIngress.PUSH, Batches.framed(Batches.request("web")));

        assertThat(answer.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(answer.message()).contains("draining");
    }

    @Test
    void letsAStreamThatIsOpenGoWhenDraining() {
        HttpClientRequest request = RawCall.open(client, GrpcIngress.PUSH_STREAM);
        Future<RawCall.Answer> answer = RawCall.answer(request);
        request.write(Buffer.buffer(Batches.framed(Batches.request("web"))));
        DataPort.awaitUntil("the first", () -> port.intake().staged().size() == 1);

        port.node().drain();

        RawCall.Answer whole = DataPort.await(answer);
        assertThat(whole.responses()).hasSize(1);
        assertThat(whole.status()).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void leavesNothingInFlightBehind() {
        for (int i = 0; i < 20; i++) {
            RawCall.send(client, GrpcIngress.PUSH, Batches.framed(Batches.request("web")));
        }
        DataPort.awaitUntil("no call open", () -> port.node().grpc().openCalls() == 0);
        assertThat(port.node().budget().usedBytes()).isZero();
        assertThat(port.node().grpc().requests()).isEqualTo(20);
        assertThat(port.node().grpc().acceptedRequests()).isEqualTo(20);
    }
}
