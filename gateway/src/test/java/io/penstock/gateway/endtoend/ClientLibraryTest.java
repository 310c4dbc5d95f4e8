package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.client.Batch;
import io.penstock.client.ClientBuilder;
import io.penstock.client.Form;
import io.penstock.client.PenstockClient;
import io.penstock.client.ProducerFile;
import io.penstock.client.PushException;
import io.penstock.client.PushReceipt;
import io.penstock.client.PushRecord;
import io.penstock.client.Stamp;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.admin.Reports;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.grpc.HintFields;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.penstock.proto.record.v1.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library against a real data port. */
class ClientLibraryTest {

    private static final String BLACKHOLE =
            "exports: [{name: blackhole, repo: web, sink: {type: blackhole}}]";

    @TempDir private Path directory;

    private static DataPort dataPort() {
        return new DataPort(DataPort.small(), 1, List.of(HttpIngress::new));
    }

    private static ClientBuilder client(int... ports) {
        ClientBuilder builder = PenstockClient.builder().close(Duration.ofSeconds(10));
        for (int port : ports) {
            builder.endpoint("127.0.0.1:" + port);
        }
        return builder;
    }

    private static Batch line(int n) {
        return new Batch(Form.NDJSON, ("{\"n\":" + n + "}\n").getBytes(StandardCharsets.UTF_8), 1);
    }

    private static <T> T of(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static PushException failure(CompletableFuture<?> future) throws Exception {
        try {
            of(future);
        } catch (ExecutionException failed) {
            return Objects.requireNonNull((PushException) failed.getCause());
        }
        throw new AssertionError("it did not fail");
    }

    private static List<String> bodies(DataPort port) {
        return port.intake().staged().stream()
                .map(each -> new String(each.body(), StandardCharsets.UTF_8).strip())
                .toList();
    }

    @Test
    void recordsArriveAsTheyWereAppendedAlsoCompressed() throws Exception {
        try (DataPort port = dataPort()) {
            for (boolean gzip : List.of(false, true)) {
                try (PenstockClient client =
                        client(port.port()).gzip(gzip).ack(AckLevel.SYNCED).build()) {
                    List<CompletableFuture<PushReceipt>> receipts = new ArrayList<>();
                    for (int n = 0; n < 500; n++) {
                        receipts.add(
                                client.append(
                                        "web",
                                        PushRecord.at(n + 1)
                                                .with("n", n)
                                                .with("path", "/a/path/" + n)
                                                .with("ok", true)
                                                .with("share", 0.5)
                                                .with("raw", new byte[] {1, 2})));
                    }
                    of(client.flush());
                    PushReceipt receipt = of(receipts.get(0));
                    assertThat(receipt.node()).isEqualTo("node-1");
                    assertThat(receipt.epoch()).isEqualTo(FakeIntake.EPOCH);
                    assertThat(receipt.records()).isEqualTo(500);
                }
            }
            for (FakeIntake.Staged each : port.intake().staged()) {
                RecordBatch batch = RecordBatch.parseFrom(each.body());
                assertThat(batch.getRecordsCount()).isEqualTo(500);
                assertThat(batch.getRecords(7).getValues(1).getStringValue())
                        .isEqualTo("/a/path/7");
                assertThat(each.ack()).isEqualTo(AckLevel.SYNCED);
            }
            assertThat(port.intake().staged()).hasSize(2);
        }
    }

    @Test
    void lostAnswersMakeNoBatchTwice() throws Exception {
        Set<Integer> lost = new HashSet<>(List.of(0, 1, 5, 6, 7, 20, 33));
        try (TestNode node = TestNode.start(directory.resolve("data"), BLACKHOLE);
                CuttingProxy proxy =
                        new CuttingProxy(
                                node.gateway().dataPort(), Collections.synchronizedSet(lost));
                PenstockClient client = client(proxy.port()).build()) {
            List<CompletableFuture<PushReceipt>> receipts = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                receipts.add(client.send("web", line(n)));
            }
            for (CompletableFuture<PushReceipt> each : receipts) {
                of(each);
            }
            assertThat(client.counts().retries()).isPositive();
            assertThat(client.counts().duplicates()).isPositive();
            assertThat(client.counts().records()).isEqualTo(60);
            TestNode.until(() -> accepted(node) == 60);
        }
    }

    private static long accepted(TestNode node) throws IOException {
        return Reports.ledger(node.gateway().view())
                .getJsonArray("ledger")
                .getJsonObject(0)
                .getLong("accepted");
    }

    @Test
    void itComesBackWhenAFullOrDrainingServerSays() throws Exception {
        try (DataPort port = dataPort();
                PenstockClient client = client(port.port()).build()) {
            for (Refusal refusal :
                    List.of(
                            new Refusal.Full(new RepoName("web"), 300, "full"),
                            new Refusal.Unavailable(300, "draining"),
                            new Refusal.Pending(300, "pending"))) {
                port.intake().refuse(refusal);
                long beganNs = System.nanoTime();
                long before = client.counts().retries();
                CompletableFuture<Long> answeredNs =
                        client.send("web", line(1)).thenApply(receipt -> System.nanoTime());
                DataPort.awaitUntil("asked once", () -> client.counts().retries() > before);
                port.intake().refuse(null);
                assertThat(of(answeredNs) - beganNs).as("%s", refusal).isGreaterThan(290_000_000L);
                assertThat(client.counts().retries() - before).isLessThanOrEqualTo(2);
            }
            assertThat(port.intake().staged()).hasSize(3);
        }
    }

    @Test
    void behindASlowServerLittleIsHeldAndAllArrives() throws Exception {
        try (DataPort port = dataPort();
                PenstockClient client = client(port.port()).maxBytes(200_000).underWay(4).build()) {
            port.intake().hold();
            byte[] large = ("x".repeat(9_999) + "\n").getBytes(StandardCharsets.UTF_8);
            List<CompletableFuture<PushReceipt>> receipts = new ArrayList<>();
            long most = 0;
            for (int n = 0; n < 500; n++) {
                if (!client.ready().isDone()) {
                    port.intake().letGo();
                }
                of(client.ready());
                receipts.add(client.send("web", new Batch(Form.TEXT, large, 1)));
                most = Math.max(most, client.heldBytes());
            }
            for (CompletableFuture<PushReceipt> each : receipts) {
                of(each);
            }
            assertThat(most).isBetween(200_000L, 210_000L);
            assertThat(port.intake().staged()).hasSize(500);
            assertThat(client.heldBytes()).isZero();
        }
    }

    @Test
    void whatOneServerDoesNotTakeGoesToAnotherOnce() throws Exception {
        DataPort first = dataPort();
        try (DataPort second = dataPort();
                PenstockClient client = client(first.port(), second.port()).build()) {
            first.close();
            for (int n = 0; n < 20; n++) {
                of(client.send("web", line(n)));
            }
            assertThat(bodies(second)).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void theOwnerThatAnAnswerNamesGetsWhatComesNext() throws Exception {
        try (DataPort any = dataPort();
                DataPort owner = dataPort();
                PenstockClient client = client(any.port()).build()) {
            any.node()
                    .hint(
                            Map.of(
                                    new RepoName("web"),
                                    HintFields.hint(List.of("127.0.0.1:" + owner.port()), 1, 1)));
            for (int n = 0; n < 10; n++) {
                of(client.send("web", line(n)));
                of(client.send("other", line(n)));
            }
            assertThat(any.intake().staged().stream().filter(s -> s.repo().value().equals("web")))
                    .hasSize(1);
            assertThat(owner.intake().staged()).hasSize(9);
        }
    }

    @Test
    void aKeptProducerIsTakenUpByTheNextProcessAndAStampMeansTheSameThere() throws Exception {
        try (TestNode node = TestNode.start(directory.resolve("data"), BLACKHOLE)) {
            int port = node.gateway().dataPort();
            Path file = directory.resolve("producer");
            for (int life = 0; life < 3; life++) {
                try (ProducerFile producer = ProducerFile.open(file);
                        PenstockClient client = client(port).producer(producer).build()) {
                    for (int n = 0; n < 100; n++) {
                        assertThat(of(client.send("web", line(n))).duplicate()).isFalse();
                    }
                }
            }
            Stamp stamp = new Stamp(77, 5);
            try (PenstockClient one = client(port).build();
                    PenstockClient next = client(port).build()) {
                PushReceipt first = of(one.send("web", line(1), stamp));
                PushReceipt again = of(next.send("web", line(1), stamp));
                assertThat(first.duplicate()).isFalse();
                assertThat(again.duplicate()).isTrue();
                assertThat(again.firstPosition()).isEqualTo(first.firstPosition());
            }
            TestNode.until(() -> accepted(node) == 301);
        }
    }

    @Test
    void twoThatShareAProducerAreToldSo() throws Exception {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        try (DataPort port = dataPort()) {
            try (ProducerFile producer = ProducerFile.open(one)) {
                Files.writeString(
                        two, "%016x\n1\n".formatted(producer.id()), StandardCharsets.UTF_8);
                try (ProducerFile copied = ProducerFile.open(two);
                        PenstockClient first = client(port.port()).producer(producer).build();
                        PenstockClient second = client(port.port()).producer(copied).build()) {
                    of(first.send("web", line(1)));
                    PushException told = failure(second.send("web", line(2)));
                    assertThat(told).hasMessageContaining("same producer id");
                    assertThat(told.fate()).isEqualTo(PushException.Fate.NOT_STAGED);
                }
            }
            assertThat(bodies(port)).containsExactly("{\"n\":1}");
        }
    }

    @Test
    void aRefusalSaysWhyAndWhere() throws Exception {
        try (DataPort port = dataPort();
                PenstockClient client = client(port.port()).token(() -> "pk_id_secret").build()) {
            byte[] bad = "{\"n\":\n".getBytes(StandardCharsets.UTF_8);
            PushException refused = failure(client.send("web", new Batch(Form.NDJSON, bad, 1)));
            assertThat(refused).hasMessageContaining("400").hasMessageContaining("malformed");
            assertThat(refused).message().doesNotContain("pk_id_secret");
            assertThat(refused.fate()).isEqualTo(PushException.Fate.NOT_STAGED);
        }
    }
}
