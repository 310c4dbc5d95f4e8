package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.IngressConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are slow, deaf or too many cost a bounded amount, and others are served. */
class MisbehavingClientTest {
    private static final byte[] GOOD = Batches.framed(Batches.request("web"));
    private static final IngressConfig CONFIG = DataPort.small();
    private static final long IMPATIENT_MS = 300;

    private DataPort port;

    @BeforeEach
    void open() {
        port = open(CONFIG);
    }

    private static DataPort open(IngressConfig config) {
        return new DataPort(config, 1, List.of(lane -> new GrpcIngress(lane, ControlServices::of)));
    }

    private void beImpatient() {
        port.close();
        port = open(DataPort.small(IMPATIENT_MS));
    }

    @AfterEach
    void othersAreServedAndNothingIsHeld() {
        assertThat(RawCall.send(port.client(HttpVersion.HTTP_2), GrpcIngress.PUSH, GOOD).status())
                .isZero();
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().grpc().openCalls() == 0);
        port.close();
    }

    @Test
    void aClientThatStopsInsideAMessageIsGivenUp() {
        beImpatient();
        stopsAfter(GrpcIngress.PUSH, 20);
        stopsAfter(GrpcIngress.PUSH, 3);
        stopsAfter(GrpcIngress.PUSH_STREAM, 20);
        stopsAfter(GrpcIngress.PUSH, GOOD.length);
        assertThat(port.node().grpc().faults(FaultKind.STALLED)).isEqualTo(4);
        assertThat(port.intake().staged()).isEmpty();
    }

    private void stopsAfter(String method, int bytes) {
        HttpClientRequest request = RawCall.open(port.client(HttpVersion.HTTP_2), method);
        Future<RawCall.Answer> answer = RawCall.answer(request);

        request.write(Buffer.buffer(GOOD).slice(0, bytes));

        assertThat(DataPort.await(answer).status()).isEqualTo(Status.DEADLINE_EXCEEDED);
        assertThat(DataPort.await(answer).message())
                .isEqualTo("nothing of the request came for 300 ms");
        request.reset();
    }

    @Test
    void aStreamMayRestBetweenMessages() {
        beImpatient();
        HttpClientRequest request =
                RawCall.open(port.client(HttpVersion.HTTP_2), GrpcIngress.PUSH_STREAM);
        Future<RawCall.Answer> answer = RawCall.answer(request);
        request.write(Buffer.buffer(GOOD));
        // Until another client that stops in the same moment has been given up.
        stopsAfter(GrpcIngress.PUSH, 20);

        request.end(Buffer.buffer(GOOD));

        assertThat(DataPort.await(answer).status()).isZero();
        assertThat(DataPort.await(answer).responses()).hasSize(2);
    }

    @Test
    void aClientThatNeverReadsAnswersIsNotReadEither() {
        beImpatient();
        int requests = 40_000;
        HttpClientRequest request =
                RawCall.open(port.client(HttpVersion.HTTP_2), GrpcIngress.PUSH_STREAM);
        AtomicReference<Throwable> end = new AtomicReference<>();
        request.exceptionHandler(end::set);
        request.response()
                .onSuccess(
                        response -> {
                            response.pause();
                            response.exceptionHandler(end::set);
                        });
        Buffer thousand = Buffer.buffer();
        for (int i = 0; i < 1000; i++) {
            thousand.appendBytes(GOOD);
        }

        for (int i = 0; i < requests / 1000; i++) {
            request.write(thousand);
        }

        DataPort.awaitUntil("a reset", () -> end.get() != null);
        assertThat(end.get()).isInstanceOf(StreamResetException.class);
        assertThat(port.intake().staged().size()).isBetween(100, requests / 2);
    }

    @Test
    void aConnectionThatResetsItsCallsLeavesNothing() {
        port.intake().hold();
        HttpClient client = port.client(HttpVersion.HTTP_2);
        for (int i = 0; i < 50; i++) {
            HttpClientRequest request = RawCall.open(client, GrpcIngress.PUSH);
            request.response().onFailure(reset -> {});
            if (i % 2 == 0) {
                request.write(Buffer.buffer(GOOD).slice(0, 40));
            } else {
                request.end(Buffer.buffer(GOOD));
            }
            DataPort.await(request.reset().otherwiseEmpty());
        }
        DataPort.awaitUntil("no calls open", () -> port.node().grpc().openCalls() == 0);
        port.intake().letGo();
    }

    @Test
    void tenThousandStreamsAreNotServedAtOnce() throws IOException {
        try (RudeClient rude = new RudeClient(port.port())) {
            rude.openStreams(10_000, GrpcIngress.PUSH_STREAM);

            // Either each stream too many is refused, or the connection as a whole.
            assertThat(rude.awaitRefusal()).isTrue();
            assertThat(port.node().grpc().openCalls())
                    .isLessThanOrEqualTo(CONFIG.maxConcurrentStreams());
        }
    }

    @Test
    void clientsAreHeldWhenTooMuchIsInFlightAndAllGetThrough() {
        // 12 times 900 KiB, where 4 MiB may be in flight.
        byte[] large = Batches.framed(Batches.request("web", Batches.batch(18, 50_000)));
        int first = large.length - 1000;
        List<HttpClientRequest> requests = new ArrayList<>();
        List<Future<RawCall.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            HttpClientRequest request =
                    RawCall.open(port.client(HttpVersion.HTTP_2), GrpcIngress.PUSH);
            answers.add(RawCall.answer(request));
            request.write(Buffer.buffer(large).slice(0, first));
            requests.add(request);
        }
        DataPort.awaitUntil("a full node", () -> port.node().budget().over());
        assertThat(port.node().budget().usedBytes())
                .isLessThan(CONFIG.maxInflightBytes() + CONFIG.maxBatchBytes());

        for (HttpClientRequest request : requests) {
            request.end(Buffer.buffer(large).slice(first, large.length));
        }

        for (Future<RawCall.Answer> answer : answers) {
            assertThat(DataPort.await(answer).status()).isZero();
        }
        assertThat(port.intake().staged()).hasSize(12);
    }

    @Test
    void whatIsMoreThanTheWaitingRoomHoldsIsRefused() throws IOException {
        byte[] large = Batches.framed(Batches.request("web", Batches.batch(18, 50_000)));
        List<HttpClientRequest> requests = new ArrayList<>();
        List<Future<RawCall.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            HttpClientRequest request =
                    RawCall.open(port.client(HttpVersion.HTTP_2), GrpcIngress.PUSH);
            request.exceptionHandler(late -> {});
            answers.add(RawCall.answer(request));
            request.write(Buffer.buffer(large).slice(0, large.length - 1000));
            requests.add(request);
        }
        DataPort.awaitUntil("refusals", () -> port.node().grpc().faults(FaultKind.FULL) > 0);

        for (HttpClientRequest request : requests) {
            request.end(Buffer.buffer(large).slice(large.length - 1000, large.length));
        }

        int refused = 0;
        for (Future<RawCall.Answer> one : answers) {
            RawCall.Answer answer = DataPort.await(one);
            if (answer.status() != 0) {
                assertThat(answer.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
                assertThat(RetryDelay.millis(answer.value("grpc-status-details-bin")))
                        .isEqualTo(500);
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(port.intake().staged()).hasSize(40 - refused);
    }

    @Test
    void manyThatStopInsideLargeMessagesAreAllGivenUpTogether() {
        beImpatient();
        byte[] large = Batches.framed(Batches.request("web", Batches.batch(18, 50_000)));
        List<Future<RawCall.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            HttpClientRequest request =
                    RawCall.open(port.client(HttpVersion.HTTP_2), GrpcIngress.PUSH);
            request.exceptionHandler(late -> {});
            answers.add(RawCall.answer(request));
            request.write(Buffer.buffer(large).slice(0, large.length - 1000));
        }

        for (Future<RawCall.Answer> one : answers) {
            assertThat(DataPort.await(one).status())
                    .isIn(Status.RESOURCE_EXHAUSTED, Status.DEADLINE_EXCEEDED);
        }
        assertThat(port.intake().staged()).isEmpty();
    }

    @Test
    void connectionsOverTheLimitAreClosed() {
        int limit = CONFIG.maxConnections();
        List<HttpClient> clients = new ArrayList<>();
        for (int i = 0; i < limit; i++) {
            HttpClient client = port.client(HttpVersion.HTTP_2);
            RawCall.send(client, GrpcIngress.PUSH, GOOD);
            clients.add(client);
        }
        assertThat(port.node().connections()).isEqualTo(limit);

        HttpClient late = port.client(HttpVersion.HTTP_2);

        assertThat(
                        late.request(io.vertx.core.http.HttpMethod.POST, GrpcIngress.PUSH)
                                .compose(request -> request.send())
                                .transform(done -> Future.succeededFuture(done.failed())))
                .satisfies(failed -> assertThat(DataPort.await(failed)).isTrue());
        clients.forEach(client -> DataPort.await(client.close()));
        DataPort.awaitUntil("closed", () -> port.node().connections() == 0);
    }
}
