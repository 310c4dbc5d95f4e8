package io.penstock.gateway.peer;

import static io.penstock.gateway.peer.TwoNodes.await;
import static io.penstock.gateway.peer.TwoNodes.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.relay.Away;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.model.DeliveryId;
import io.penstock.model.TraceParent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery and its outcome on their way between two nodes. */
class PeerTest {
    @TempDir private Path directory;
    private TwoNodes nodes;

    @BeforeEach
    void start() {
        nodes = new TwoNodes(directory);
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    /** Two pieces of lines, of which transforms left records 2, 5 and 6 of the run. */
    private record Sifted(int padding) implements Delivery {
        static final DeliveryId ID =
                new DeliveryId(
                        TwoNodes.EXPORT.repo(),
                        TwoNodes.EXPORT.export(),
                        -77,
                        1L << 40,
                        (1L << 40) + 9,
                        2,
                        8);
        private static final int[] NUMBERS = {2, 5, 6};
        static final TraceParent TRACE = new TraceParent(1, -2, 3, true, "vendor=1");

        @Override
        public TraceParent trace() {
            return TRACE;
        }

        @Override
        public DeliveryId id() {
            return ID;
        }

        @Override
        public int records() {
            return NUMBERS.length;
        }

        @Override
        public int recordNumber(int record) {
            return NUMBERS[record];
        }

        @Override
        public long bytes() {
            return 1_234;
        }

        @Override
        public int attempt() {
            return 4;
        }

        @Override
        public void read(RecordVisitor visitor) {
            throw new UnsupportedOperationException("not needed on the way out");
        }

        @Override
        public void readRaw(RawVisitor visitor) {
            byte[] lines =
                    ("--{\"n\":1}\n{\"n\":2,\"p\":\"" + "x".repeat(padding) + "\"}\n--")
                            .getBytes(StandardCharsets.UTF_8);
            visitor.arrived(1_000);
            visitor.piece(Encoding.NDJSON, 2, lines, 2, lines.length - 4);
            byte[] array = "[{\"n\":3}]".getBytes(StandardCharsets.UTF_8);
            visitor.arrived(2_000);
            visitor.piece(Encoding.JSON_ARRAY, 1, array, 0, array.length);
        }
    }

    @Test
    void aDeliveryArrivesAsItLeft() {
        Heard heard = new Heard();
        List<String> pieces = new ArrayList<>();
        List<Object> seen = new ArrayList<>();
        nodes.script =
                delivery -> {
                    delivery.read(heard);
                    delivery.readRaw(
                            (encoding, records, body, offset, length) ->
                                    pieces.add(
                                            encoding
                                                    + " "
                                                    + records
                                                    + " "
                                                    + new String(
                                                            body,
                                                            offset,
                                                            length,
                                                            StandardCharsets.UTF_8)));
                    seen.add(delivery.id());
                    seen.add(delivery.attempt());
                    seen.add(delivery.bytes());
                    seen.add(Objects.requireNonNull(delivery.trace()));
                    for (int i = 0; i < delivery.records(); i++) {
                        seen.add(delivery.recordNumber(i));
                    }
                    return Future.succeededFuture(Outcome.DELIVERED);
                };
        assertThat(await(nodes.deliver(new Sifted(300)))).isEqualTo(Outcome.DELIVERED);
        assertThat(seen).containsExactly(Sifted.ID, 4, 1_234L, Sifted.TRACE, 2, 5, 6);
        assertThat(pieces)
                .containsExactly(
                        "NDJSON 2 {\"n\":1}\n{\"n\":2,\"p\":\"" + "x".repeat(300) + "\"}\n",
                        "JSON_ARRAY 1 [{\"n\":3}]");
        assertThat(heard.integers).containsExactly(1L, 2L, 3L);
        assertThat(heard.times).containsExactly(1_000_000_000L, 1_000_000_000L, 2_000_000_000L);
        assertThat(nodes.sent.sentDeliveries()).isEqualTo(1);
        assertThat(nodes.sent.sentUnderWay()).isZero();
        assertThat(nodes.taken.takenDeliveries()).isEqualTo(1);
        assertThat(nodes.taken.takenBytes()).isEqualTo(nodes.sent.sentBytes() - 5);
    }

    @Test
    void everyOutcomeComesBackAsItIs() {
        BitSet again = new BitSet();
        again.set(0);
        again.set(2);
        BitSet refused = new BitSet();
        refused.set(1);
        List<Outcome> outcomes =
                new ArrayList<>(
                        List.of(
                                Outcome.DELIVERED,
                                new Outcome.Rejected("too blue"),
                                new Outcome.PerRecord(again, refused, 70, "mixed", Cause.SLOW),
                                new Outcome.PerRecord(
                                        new BitSet(), refused, -1, "one", Cause.FAULT)));
        for (Cause cause : Cause.values()) {
            outcomes.add(new Outcome.Retry(17, "why " + cause, cause));
            outcomes.add(new Outcome.Retry(Outcome.Retry.BACK_OFF, "", cause));
        }
        for (Outcome outcome : outcomes) {
            nodes.script = any -> Future.succeededFuture(outcome);
            assertThat(await(nodes.deliver(new Sifted(1)))).isEqualTo(outcome);
        }
        nodes.script = any -> Future.failedFuture("a defect");
        assertThat(await(nodes.deliver(new Sifted(1))))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.why()).contains("a defect"));
    }

    @Test
    void answersFindTheirRequestsInWhateverOrderTheyCome() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("PeerTest: -Dpenstock.seed=" + seed);
        List<Runnable> answers = new CopyOnWriteArrayList<>();
        nodes.script =
                delivery -> {
                    Promise<Outcome> promise = Promise.promise();
                    Outcome own = new Outcome.Rejected("number " + delivery.id().first());
                    answers.add(() -> promise.complete(own));
                    return promise.future();
                };
        List<Future<Outcome>> futures = new ArrayList<>();
        for (long n = 0; n < 50; n++) {
            futures.add(nodes.deliver(TestDelivery.of(n, 20).lend()));
        }
        until(() -> answers.size() == 50);
        List<Runnable> shuffled = new ArrayList<>(answers);
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.forEach(Runnable::run);
        for (int n = 0; n < 50; n++) {
            assertThat(await(futures.get(n))).isEqualTo(new Outcome.Rejected("number " + n));
        }
    }

    @Test
    void aDeliveryOfManyMegabytesGoesThrough() {
        String[] text = {""};
        nodes.script =
                delivery -> {
                    Heard heard = new Heard();
                    delivery.read(heard);
                    text[0] = heard.texts.get(0);
                    return Future.succeededFuture(Outcome.DELIVERED);
                };
        assertThat(await(nodes.deliver(new Sifted(12 << 20)))).isEqualTo(Outcome.DELIVERED);
        assertThat(text[0]).isEqualTo("x".repeat(12 << 20));
        assertThat(await(nodes.deliver(new Sifted(17 << 20))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.why()).contains("cannot be forwarded"));
    }

    @Test
    void anAnswerThatIsLostLeavesTheDeliveryToBeOfferedAgain() {
        Promise<Outcome> never = Promise.promise();
        List<DeliveryId> ids = new CopyOnWriteArrayList<>();
        nodes.script =
                delivery -> {
                    ids.add(delivery.id());
                    return never.future();
                };
        Future<Outcome> lost = nodes.deliver(new Sifted(1));
        until(() -> ids.size() == 1);
        nodes.shut();
        assertAway(await(lost));
        assertThat(nodes.sent.lost()).isEqualTo(1);

        assertAway(await(nodes.deliver(new Sifted(1))));
        nodes.listen();
        nodes.script =
                delivery -> {
                    ids.add(delivery.id());
                    return Future.succeededFuture(Outcome.DELIVERED);
                };
        until(() -> await(nodes.deliver(new Sifted(1))).equals(Outcome.DELIVERED));
        assertThat(ids).containsOnly(Sifted.ID);
    }

    @Test
    void whatIsWithANodeThatLostTheExportIsTakenBack() {
        Promise<Outcome> late = Promise.promise();
        nodes.script = any -> late.future();
        Future<Outcome> taken = nodes.deliver(new Sifted(1));
        until(() -> nodes.taken.takenDeliveries() == 1);
        nodes.isOwner = false;
        assertAway(await(taken));
        // the answer that comes after all is for nobody
        late.complete(Outcome.DELIVERED);
        nodes.isOwner = true;
        nodes.script = any -> Future.succeededFuture(new Outcome.Rejected("next"));
        assertThat(await(nodes.deliver(new Sifted(1)))).isEqualTo(new Outcome.Rejected("next"));
    }

    @Test
    void aNodeThatDoesNotOwnTheExportSaysSo() {
        nodes.holdings.cut(TwoNodes.EXPORT, 0);
        assertThat(await(nodes.deliver(new Sifted(1)))).isSameAs(Away.NOT_OWNER);
        assertThat(nodes.taken.refusedAsNotOwner()).isEqualTo(1);
    }

    @Test
    void whatIsNoDeliveryEndsItsStreamAndNoOther() {
        HttpClient client =
                nodes.vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setHttp2ClearTextUpgrade(false));
        for (Buffer garbage :
                List.of(
                        Buffer.buffer("no framing at all, whatever it is"),
                        Buffer.buffer().appendByte((byte) 0).appendInt(1 << 30),
                        Buffer.buffer()
                                .appendByte((byte) 0)
                                .appendInt(3)
                                .appendString("\u0001ab"))) {
            Future<Buffer> answer =
                    client.request(HttpMethod.POST, nodes.port, "127.0.0.1", PeerLink.PATH)
                            .compose(
                                    request -> {
                                        request.putHeader("content-type", PeerLink.CONTENT_TYPE);
                                        request.setChunked(true).sendHead();
                                        request.write(garbage);
                                        return request.response();
                                    })
                            .compose(response -> response.body());
            Boolean broke = await(answer.map(false).otherwise(true));
            assertThat(broke).isTrue();
        }
        Integer status =
                await(
                        client.request(HttpMethod.GET, nodes.port, "127.0.0.1", "/")
                                .compose(request -> request.send())
                                .map(response -> response.statusCode()));
        assertThat(status).isEqualTo(404);
        assertThat(await(nodes.deliver(new Sifted(1)))).isEqualTo(Outcome.DELIVERED);
    }

    private static void assertAway(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.cause()).isEqualTo(Cause.AWAY));
    }
}
