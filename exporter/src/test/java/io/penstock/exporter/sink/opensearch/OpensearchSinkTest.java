package io.penstock.exporter.sink.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpensearchSinkTest {

    @TempDir Path state;
    private final Vertx vertx = Vertx.vertx();
    private BulkServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new BulkServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private Outcome deliver(OpensearchSinkConfig config, TestDelivery delivery) {
        SinkContext context =
                new SinkContext(vertx, new RepoName("repo"), "export", state, Clock.systemUTC());
        try (var sink = new SinkDriver<>(new OpensearchSinkFactory(), config, context)) {
            return sink.deliver(delivery);
        }
    }

    private Outcome deliver(TestDelivery delivery) {
        return deliver(OpensearchSinkConfig.of(server.url()), delivery);
    }

    private static TestDelivery lines(long number, String... lines) {
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return TestDelivery.ofBatch(number, Encoding.NDJSON, body, lines.length);
    }

    private static int statusOf(JsonObject document) {
        return document.getInteger("status", 201);
    }

    @Test
    void putsEachRecordIntoTheIndexOfItsTimeUnderItsOwnId() {
        TestDelivery delivery =
                lines(
                        0x2a,
                        "{\"@timestamp\":\"2026-11-26T23:59:59.999Z\",\"a\":1}",
                        "{\"time\":\"2026-11-27T00:00:00Z\",\"a\":2}");

        assertThat(deliver(delivery)).isEqualTo(Outcome.DELIVERED);

        assertThat(server.documents())
                .containsOnlyKeys("logs-2026.11.26/1-2a-0", "logs-2026.11.27/1-2a-1");
        assertThat(server.documents().get("logs-2026.11.27/1-2a-1"))
                .isEqualTo(
                        new JsonObject()
                                .put("@timestamp", "2026-11-27T00:00:00Z")
                                .put("time", "2026-11-27T00:00:00Z")
                                .put("a", 2));
    }

    @Test
    void theMostPressingItemSaysWhyOthersArePutOff() {
        assertThat(causeOf(1, 201, 500, 429)).isEqualTo(Outcome.Cause.BUSY);
        assertThat(causeOf(2, 201, 503, 500)).isEqualTo(Outcome.Cause.BUSY);
        assertThat(causeOf(3, 500, 504, 201)).isEqualTo(Outcome.Cause.SLOW);
        assertThat(causeOf(4, 500, 201, 400)).isEqualTo(Outcome.Cause.FAULT);
    }

    private Outcome.Cause causeOf(long delivery, int... statuses) {
        server.statuses(OpensearchSinkTest::statusOf);
        String[] lines = new String[statuses.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "{\"status\":" + statuses[i] + ",\"n\":" + i + "}";
        }
        return ((Outcome.PerRecord) deliver(lines(delivery, lines))).cause();
    }

    @Test
    void tellsRecordsApartAsTheItemsDo() {
        server.statuses(OpensearchSinkTest::statusOf);
        String[] lines = new String[6];
        int[] statuses = {201, 429, 400, 503, 201, 403};
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "{\"status\":" + statuses[i] + ",\"n\":" + i + "}";
        }
        TestDelivery delivery = lines(1, lines);

        Outcome.PerRecord first = (Outcome.PerRecord) deliver(delivery);

        assertThat(first.again().stream()).containsExactly(1, 3, 5);
        assertThat(first.refused().stream()).containsExactly(2);
        assertThat(first.why()).isEqualTo("item status 400: kind: no 400");
        assertThat(first.cause()).isEqualTo(Outcome.Cause.BUSY);
        assertThat(server.documents()).hasSize(2);

        // offered again as a whole, what is there is a conflict, which counts as delivered
        server.statuses(document -> 201);
        assertThat(deliver(delivery)).isEqualTo(Outcome.DELIVERED);
        assertThat(server.documents()).hasSize(6);
        assertThat(deliver(delivery)).isEqualTo(Outcome.DELIVERED);
        assertThat(server.documents()).hasSize(6);
    }

    @Test
    void waitsWhenNoItemWasTaken() {
        server.statuses(document -> 429);
        assertThat(deliver(TestDelivery.of(1, 3)))
                .isEqualTo(
                        new Outcome.Retry(
                                Outcome.Retry.BACK_OFF,
                                "item status 429: kind: no 429",
                                Outcome.Cause.BUSY));
    }

    @Test
    void takesOnlyAnAnswerToABulkRequestForOne() {
        server.answer(200, "<html>login</html>");
        assertThat(deliver(TestDelivery.of(1, 2))).isInstanceOf(Outcome.Retry.class);
        server.answer(200, "{\"errors\":true,\"items\":[{\"create\":{\"status\":201}}]}");
        assertThat(deliver(TestDelivery.of(1, 2))).isInstanceOf(Outcome.Retry.class);
        server.answer(200, "{\"errors\":true}");
        assertThat(deliver(TestDelivery.of(1, 2))).isInstanceOf(Outcome.Retry.class);
        server.answer(200, "[]");
        assertThat(deliver(TestDelivery.of(1, 2))).isInstanceOf(Outcome.Retry.class);
        server.answer(200, "{\"errors\":true,\"items\":[{\"create\":7}]}");
        assertThat(deliver(TestDelivery.of(1, 1))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void hasADeliveryHalvedWhoseAnswerIsTooLong() {
        server.answer(200, "{\"errors\":true," + "x".repeat(100_000));
        assertThat(deliver(TestDelivery.of(1, 2))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void takesWholeStatusesAsEverySinkOverHttpDoes() {
        server.answer(413, "too large");
        assertThat(deliver(TestDelivery.of(1, 2))).isInstanceOf(Outcome.Rejected.class);
        server.answer(429, "full");
        assertThat(deliver(TestDelivery.of(1, 2)))
                .isEqualTo(
                        new Outcome.Retry(
                                Outcome.Retry.BACK_OFF, "HTTP 429: full", Outcome.Cause.BUSY));
        server.answer(401, "who?");
        assertThat(deliver(TestDelivery.of(1, 2))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void hasALargeDeliveryHalvedWithoutAskingTheServer() {
        OpensearchSinkConfig small =
                new OpensearchSinkConfig(
                        server.url(),
                        "i",
                        "",
                        "",
                        "",
                        "",
                        Compression.NONE,
                        500,
                        20_000,
                        4,
                        "",
                        "",
                        "",
                        false);
        assertThat(deliver(small, TestDelivery.of(1, 20))).isInstanceOf(Outcome.Rejected.class);
        assertThat(server.requests()).isZero();
        assertThat(deliver(small, TestDelivery.of(1, 1))).isEqualTo(Outcome.DELIVERED);
        assertThat(server.documents().values())
                .hasSize(1)
                .allMatch(
                        each ->
                                each.fieldNames()
                                        .equals(Set.of("marker", "text", "nothing", "count")));
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertWrong("url: ", "http://h/?q", "i", "", "", Compression.NONE, 1);
        assertWrong("index: ", "http://h", "Upper", "", "", Compression.NONE, 1);
        assertWrong("username: ", "http://h", "i", "u", "key", Compression.NONE, 1);
        assertWrong("compression: ", "http://h", "i", "", "", Compression.ZSTD, 1);
        assertWrong("max_body_bytes: ", "http://h", "i", "", "", Compression.NONE, 0);
    }

    private static void assertWrong(
            String key,
            String url,
            String index,
            String username,
            String apiKey,
            Compression compression,
            long maxBodyBytes) {
        assertThatThrownBy(
                        () ->
                                new OpensearchSinkConfig(
                                        url,
                                        index,
                                        "",
                                        username,
                                        "",
                                        apiKey,
                                        compression,
                                        maxBodyBytes,
                                        1,
                                        1,
                                        "",
                                        "",
                                        "",
                                        false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key);
    }
}
