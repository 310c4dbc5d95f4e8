package io.penstock.exporter.sink.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.model.AckLevel;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import io.penstock.proto.ingest.v1.PushRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcSinkTest {

    @TempDir Path state;
    private final Vertx vertx = Vertx.vertx();
    private IngestServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new IngestServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    /** Native batches of {@code counts} records each, numbered through; a slice of a run. */
    private record Batches(long first, int fromRecord, List<Integer> counts) implements Delivery {
        @Override
        public DeliveryId id() {
            return new DeliveryId(
                    new RepoName("repo"),
                    "export",
                    7,
                    first,
                    first + 1000,
                    fromRecord,
                    fromRecord + records());
        }

        @Override
        public int records() {
            return counts.stream().mapToInt(each -> each).sum();
        }

        @Override
        public long bytes() {
            return 1000;
        }

        @Override
        public int attempt() {
            return 0;
        }

        @Override
        public void read(RecordVisitor visitor) {
            throw new IllegalStateException("not needed");
        }

        @Override
        public void readRaw(RawVisitor visitor) {
            int number = fromRecord;
            for (int count : counts) {
                BatchBuilder batch = new BatchBuilder();
                batch.field("n", FieldType.INT64);
                for (int i = 0; i < count; i++) {
                    batch.startRecord(5);
                    batch.intValue(0, number++);
                    batch.endRecord();
                }
                visitor.piece(Encoding.NATIVE, count, batch.build(), 0, batch.bytes());
            }
        }
    }

    private Outcome deliver(Delivery delivery) throws Exception {
        return deliver(
                new GrpcSinkConfig(server.url(), "", AckLevel.STAGED, 5_000, "", "", "", false, ""),
                delivery);
    }

    private Outcome deliver(GrpcSinkConfig config, Delivery delivery) throws Exception {
        SinkContext context =
                new SinkContext(vertx, new RepoName("repo"), "export", state, Clock.systemUTC());
        Future<Outcome> outcome =
                vertx.executeBlocking(() -> new GrpcSinkFactory().create(config, context))
                        .compose(
                                sink ->
                                        sink.deliver(delivery)
                                                .compose(done -> sink.close().map(done)));
        return outcome.await(20, TimeUnit.SECONDS);
    }

    private List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        server.accepted()
                .forEach(r -> PushedRecords.of(r).forEach(j -> numbers.add(j.getLong("n"))));
        return numbers;
    }

    private Set<String> identities() {
        Set<String> identities = new HashSet<>();
        server.accepted().forEach(r -> identities.add(r.getProducerId() + "/" + r.getSequence()));
        return identities;
    }

    @Test
    void pushesEachBatchOnceWhateverTheSlice() throws Exception {
        Batches run = new Batches(100, 0, List.of(3, 3, 1, 300, 2, 2));
        assertThat(deliver(run)).isEqualTo(Outcome.DELIVERED);
        assertThat(identities()).hasSize(6);
        assertThat(numbers()).hasSize(311).doesNotHaveDuplicates();

        // the same batches again: whole, and as the slices that are offered after a part was staged
        assertThat(deliver(run)).isEqualTo(Outcome.DELIVERED);
        assertThat(deliver(new Batches(100, 3, List.of(3, 1)))).isEqualTo(Outcome.DELIVERED);
        assertThat(deliver(new Batches(100, 307, List.of(2)))).isEqualTo(Outcome.DELIVERED);
        assertThat(numbers()).hasSize(311);
    }

    @Test
    void keepsApartWhatIsNotTheSame() throws Exception {
        deliver(new Batches(100, 0, List.of(4)));
        deliver(new Batches(100, 0, List.of(2))); // half of it
        deliver(new Batches(100, 2, List.of(2))); // the other half
        deliver(new Batches(200, 0, List.of(4))); // another run
        deliver(new Batches(100, 256, List.of(4))); // the same place of another block
        assertThat(server.accepted()).hasSize(5);
        assertThat(server.accepted()).allMatch(r -> r.getSequence() >= 1 && r.getSequence() <= 256);
    }

    @Test
    void saysWhatTheConfigurationSays() throws Exception {
        var config =
                new GrpcSinkConfig(
                        server.url(), "other", AckLevel.DELIVERED, 5_000, "", "", "", false, "");
        assertThat(deliver(config, new Batches(1, 0, List.of(1)))).isEqualTo(Outcome.DELIVERED);
        PushRequest request = server.accepted().get(0);
        assertThat(request.getRepo()).isEqualTo("other");
        assertThat(request.getAck())
                .isEqualTo(io.penstock.proto.ingest.v1.AckLevel.ACK_LEVEL_DELIVERED);
    }

    @Test
    void rebuildsLinesAsARecordBatch() throws Exception {
        byte[] lines = "{\"n\":1}\n{\"n\":2}\n".getBytes(StandardCharsets.UTF_8);
        var delivery =
                io.penstock.exporter.sink.contract.TestDelivery.ofBatch(
                        1, Encoding.NDJSON, lines, 2);
        assertThat(deliver(delivery.lend())).isEqualTo(Outcome.DELIVERED);
        assertThat(numbers()).containsExactly(1L, 2L);
    }

    @Test
    void offersAgainWhatIsNotStagedAlone() throws Exception {
        server.answers(
                request ->
                        request.getBatch().getRecordsCount() == 2
                                ? new IngestServer.Answer(8, 3)
                                : IngestServer.OK);
        Outcome.PerRecord per = (Outcome.PerRecord) deliver(new Batches(1, 10, List.of(1, 1, 2)));
        assertThat(per.again().stream()).containsExactly(2, 3);
        assertThat(per.refused().isEmpty()).isTrue();
        assertThat(per.afterMs()).isEqualTo(3_000);

        assertThat(deliver(new Batches(1, 12, List.of(2))))
                .isEqualTo(new Outcome.Retry(3_000, "gRPC status 8: not now, 100%", Cause.BUSY));
    }

    @Test
    void hasARefusedBatchHalvedOnlyWhenNothingBesideItIsStaged() throws Exception {
        server.answers(
                request ->
                        request.getBatch().getRecordsCount() == 2
                                ? new IngestServer.Answer(3, -1)
                                : IngestServer.OK);
        Outcome.PerRecord per = (Outcome.PerRecord) deliver(new Batches(1, 0, List.of(2, 1, 2)));
        assertThat(per.again().stream()).containsExactly(0, 1, 3, 4);
        assertThat(per.refused().isEmpty()).isTrue();

        assertThat(deliver(new Batches(1, 0, List.of(2)))).isInstanceOf(Outcome.Rejected.class);
        assertThat(numbers()).containsExactly(2L);
    }

    @Test
    void knowsWhichStatusPasses() throws Exception {
        assertThat(outcome(8, -1)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome(3, -1)).isInstanceOf(Outcome.Rejected.class);
        assertThat(cause(8, 1)).isEqualTo(Cause.BUSY);
        assertThat(cause(4, -1)).isEqualTo(Cause.SLOW);
        assertThat(cause(14, -1)).isEqualTo(Cause.DOWN);
        for (int status : new int[] {1, 2, 5, 7, 12, 13, 16}) {
            assertThat(cause(status, -1)).isEqualTo(Cause.FAULT);
        }
    }

    private Outcome outcome(int status, int retrySeconds) throws Exception {
        server.answers(request -> new IngestServer.Answer(status, retrySeconds));
        return deliver(new Batches(1, 0, List.of(1)));
    }

    private Cause cause(int status, int retrySeconds) throws Exception {
        return ((Outcome.Retry) outcome(status, retrySeconds)).cause();
    }

    @Test
    void triesAgainWhenNobodyListens() throws Exception {
        server.close();
        Outcome.Retry retry = (Outcome.Retry) deliver(new Batches(1, 0, List.of(1)));
        assertThat(retry.cause()).isEqualTo(Cause.DOWN);
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatThrownBy(
                        () ->
                                new GrpcSinkConfig(
                                        "h:1", "", AckLevel.STAGED, 1, "", "", "", false, ""))
                .hasMessageStartingWith("url: ");
        assertThatThrownBy(
                        () ->
                                new GrpcSinkConfig(
                                        "http://h", "A", AckLevel.STAGED, 1, "", "", "", false, ""))
                .hasMessageStartingWith("repo: ");
        assertThatThrownBy(
                        () ->
                                new GrpcSinkConfig(
                                        "http://h", "", AckLevel.STAGED, 0, "", "", "", false, ""))
                .hasMessageStartingWith("timeout_ms: ");
    }
}
