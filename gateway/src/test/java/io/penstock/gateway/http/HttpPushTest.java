package io.penstock.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.grpc.HintFields;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.gateway.ingest.Gzip;
import io.penstock.gateway.ingest.RoutingHint;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes well, and how a stage's refusals look, over both versions of HTTP. */
class HttpPushTest {
    private static final byte[] BATCH = Batches.batch(3, 10).toByteArray();
    private static final String PROTOBUF = "application/x-protobuf";

    private DataPort port;

    @BeforeEach
    void open() {
        port = new DataPort(DataPort.small(), 1, List.of(HttpIngress::new));
    }

    @AfterEach
    void close() {
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().http().openCalls() == 0);
        port.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void namesTheOwnersOfARepoWhereThereAreBetterNodes(HttpVersion version) {
        RoutingHint hint = HintFields.hint(List.of("b:1", "c:2"), 3, 17);
        port.node().hint(Map.of(new RepoName("web"), hint));
        HttpAnswer answer =
                HttpAnswer.post(
                        port.client(version),
                        "/v1/repos/web/batches",
                        BATCH,
                        "content-type",
                        PROTOBUF);
        assertThat(answer.header("penstock-owners")).isEqualTo("b:1,c:2");
        assertThat(answer.header("penstock-owners-version")).isEqualTo("3.17");
        HttpAnswer other =
                HttpAnswer.post(
                        port.client(version),
                        "/v1/repos/other/batches",
                        BATCH,
                        "content-type",
                        PROTOBUF);
        assertThat(other.header("penstock-owners")).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void answersABatchWithItsReceipt(HttpVersion version) {
        HttpAnswer answer =
                HttpAnswer.post(
                        port.client(version),
                        "/v1/repos/web/batches",
                        BATCH,
                        "content-type",
                        PROTOBUF,
                        "Penstock-Producer",
                        "ffffffffffffffff",
                        "Penstock-Sequence",
                        "7",
                        "Penstock-Ack",
                        "delivered");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json())
                .isEqualTo(
                        new JsonObject(
                                "{\"receipt\":{\"repo\":\"web\",\"node\":\"node-1\",\"epoch\":"
                                        + "\"fedcba9876543210\",\"first_position\":4096,"
                                        + "\"records\":3},\"duplicate\":false}"));
        FakeIntake.Staged staged = port.intake().staged().get(0);
        assertThat(staged.repo()).isEqualTo(new RepoName("web"));
        assertThat(staged.encoding()).isEqualTo(Encoding.NATIVE.code());
        assertThat(staged.producerId()).isEqualTo(-1);
        assertThat(staged.sequence()).isEqualTo(7);
        assertThat(staged.ack()).isEqualTo(AckLevel.DELIVERED);
        assertThat(staged.body()).isEqualTo(BATCH);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesEveryEncodingAndCoding(HttpVersion version) {
        HttpClient client = port.client(version);
        byte[] lines = "{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8);
        byte[] array = "[{\"a\":1},{\"a\":2}]".getBytes(StandardCharsets.UTF_8);
        byte[] text = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
        takes(client, "application/x-ndjson", Encoding.NDJSON, lines);
        takes(client, "application/json; charset=UTF-8", Encoding.JSON_ARRAY, array);
        takes(client, "Text/Plain;charset=\"utf-8\"", Encoding.TEXT, text);
        takes(client, "application/vnd.penstock.record-batch", Encoding.NATIVE, BATCH);
    }

    private void takes(HttpClient client, String type, Encoding encoding, byte[] body) {
        for (String coding : List.of("identity", "gzip", "zstd")) {
            byte[] sent =
                    switch (coding) {
                        case "gzip" -> Gzip.of(body);
                        case "zstd" -> Zstd.compress(body);
                        default -> body;
                    };
            HttpAnswer answer =
                    HttpAnswer.post(
                            client,
                            "/v1/repos/web/batches",
                            sent,
                            "content-type",
                            type,
                            "content-encoding",
                            coding);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            int last = port.intake().staged().size() - 1;
            assertThat(port.intake().staged().get(last).body()).isEqualTo(body);
            assertThat(port.intake().staged().get(last).encoding()).isEqualTo(encoding.code());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesALargeBatchInManyChunks(HttpVersion version) {
        byte[] batch = Batches.batch(20, 50_000).toByteArray();

        HttpAnswer answer =
                HttpAnswer.post(
                        port.client(version),
                        "/v1/repos/web/batches",
                        batch,
                        "content-type",
                        PROTOBUF);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(port.intake().staged().get(0).body()).isEqualTo(batch);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void saysContinueBeforeTheBody(HttpVersion version) {
        HttpClientRequest request =
                DataPort.await(
                        port.client(version).request(HttpMethod.POST, "/v1/repos/web/batches"));
        request.setChunked(true)
                .putHeader("content-type", PROTOBUF)
                .putHeader("expect", "100-continue")
                .continueHandler(go -> request.end(Buffer.buffer(BATCH)));
        Future<HttpAnswer> answer = HttpAnswer.future(request);
        request.sendHead();

        assertThat(DataPort.await(answer).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void givesEveryRefusalItsStatus(HttpVersion version) {
        HttpClient client = port.client(version);
        RepoName web = new RepoName("web");
        HttpAnswer full = refusal(client, new Refusal.Full(web, 2750, "web is \"full\""));
        assertThat(full.status()).isEqualTo(429);
        assertThat(full.header("retry-after")).isEqualTo("3");
        assertThat(full.header("penstock-retry-after-ms")).isEqualTo("2750");
        assertThat(full.error()).isEqualTo("full: web is \"full\"");
        HttpAnswer soon = refusal(client, new Refusal.Full(web, 0, "full"));
        assertThat(soon.header("retry-after")).isEqualTo("1");
        HttpAnswer gone = refusal(client, new Refusal.Unavailable(500, "u"));
        assertThat(gone.status()).isEqualTo(503);
        assertThat(gone.header("retry-after")).isEqualTo("1");
        assertThat(refusal(client, new Refusal.Pending(5, "p")).status()).isEqualTo(503);
        assertThat(refusal(client, new Refusal.TooLarge("t")).status()).isEqualTo(413);
        assertThat(refusal(client, new Refusal.UnknownRepo("u")).status()).isEqualTo(404);
        assertThat(refusal(client, new Refusal.BadSequence("b")).status()).isEqualTo(409);
        assertThat(refusal(client, new Refusal.AckTimeout("a")).status()).isEqualTo(504);
    }

    private HttpAnswer refusal(HttpClient client, Refusal refusal) {
        port.intake().refuse(refusal);
        return HttpAnswer.post(client, "/v1/repos/web/batches", BATCH, "content-type", PROTOBUF);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void refusesWhileDraining(HttpVersion version) {
        port.node().drain();

        HttpAnswer answer =
                HttpAnswer.post(
                        port.client(version),
                        "/v1/repos/web/batches",
                        BATCH,
                        "content-type",
                        PROTOBUF);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error()).contains("unavailable", "draining");
    }
}
