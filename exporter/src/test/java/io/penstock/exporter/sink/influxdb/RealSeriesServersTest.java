package io.penstock.exporter.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.sink.web.ServerProcess;
import io.penstock.loopback.FreePorts;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real servers have afterwards. */
class RealSeriesServersTest {

    private static final int RECORDS = 300;
    private static final long TIME = 1_700_000_000_123_456_789L;

    @TempDir Path directory;
    private final long seed = Long.getLong("penstock.seed", System.nanoTime());
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private SinkDriver<InfluxdbSinkConfig> open(InfluxdbSinkConfig config) {
        SinkContext context =
                new SinkContext(
                        vertx, new RepoName("repo"), "export", directory, Clock.systemUTC());
        return new SinkDriver<>(new InfluxdbSinkFactory(), config, context);
    }

    private static TestDelivery lines(long number, String... lines) {
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return TestDelivery.ofBatch(number, Encoding.NDJSON, body, lines.length);
    }

    /** Characters that mean something somewhere, and others. */
    private static String text(SplittableRandom random) {
        String alphabet = "ab ,=\"'\\/#\t\n\u00fc\u4f60\ud83d";
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(12); i > 0; i--) {
            char each = alphabet.charAt(random.nextInt(alphabet.length()));
            text.append(each == '\ud83d' ? "\ud83d\ude80" : String.valueOf(each));
        }
        return text.toString();
    }

    /** What a place without line ends and backslashes at the end has of a text. */
    private static String unquoted(String text) {
        return text.replaceAll("\\\\+\\z", "").replaceAll("[\n\t]", " ");
    }

    @Test
    void textsComeBackFromInfluxdbAsTheyWere() throws Exception {
        System.out.println("textsComeBack -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        BatchBuilder batch = new BatchBuilder();
        int tag = batch.field("a tag,=", FieldType.STRING);
        int field = batch.field("\"a\" field,=\\x", FieldType.STRING);
        int number = batch.field("n", FieldType.INT64);
        List<String> tags = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            tags.add(text(random));
            fields.add(text(random));
            batch.startRecord(TIME + i);
            batch.stringValue(tag, tags.get(i));
            batch.stringValue(field, fields.get(i));
            batch.intValue(number, Long.MAX_VALUE - i);
            batch.endRecord();
        }
        try (var server = InfluxdbServer.start(directory)) {
            server.makeDatabase("texts");
            var config = InfluxdbSinkConfigs.of(server.url(), "texts", List.of("a tag,="));
            try (var sink = open(config)) {
                var all = TestDelivery.ofBatch(1, Encoding.NATIVE, batch.build(), RECORDS);
                assertThat(sink.deliver(all)).isEqualTo(Outcome.DELIVERED);
                assertThat(sink.deliver(all)).isEqualTo(Outcome.DELIVERED);
            }
            List<JsonObject> points = server.points("texts", "SELECT * FROM records");
            assertThat(points).hasSize(RECORDS);
            for (int i = 0; i < RECORDS; i++) {
                JsonObject point = points.get(i);
                assertThat(point.getLong("time")).isEqualTo(TIME + i);
                assertThat(point.getString("a tag,=")).isEqualTo(unquoted(tags.get(i)));
                assertThat(point.getString("\"a\" field,=\\x")).isEqualTo(fields.get(i));
                assertThat(point.getLong("n")).isEqualTo(Long.MAX_VALUE - i);
            }
        }
    }

    @Test
    void influxdbSaysWhichRecordsItDoesNotTake() throws Exception {
        try (var server = InfluxdbServer.start(directory)) {
            server.makeDatabase("refusals");
            var config = InfluxdbSinkConfigs.of(server.url(), "refusals", List.of("tag"));
            try (var sink = open(config)) {
                String good = "{\"time\":1700000000,\"a\":1}";
                assertThat(sink.deliver(lines(1, good))).isEqualTo(Outcome.DELIVERED);
                // the same field with another type
                String conflict = "{\"time\":1700000001,\"a\":\"text\"}";
                String other = "{\"time\":1700000002,\"a\":2}";
                assertThat(sink.deliver(lines(2, other, conflict)))
                        .isInstanceOf(Outcome.Rejected.class);
                assertThat(refused(sink.deliver(lines(3, conflict)))).containsExactly(0);
                // a line that cannot be read, named by the server
                String longTag = "{\"a\":1,\"tag\":\"" + "x".repeat(70_000) + "\"}";
                String third = "{\"time\":1700000003,\"a\":3}";
                assertThat(sink.deliver(lines(4, third, longTag)))
                        .isInstanceOfAny(Outcome.Rejected.class, Outcome.PerRecord.class);
            }
            assertThat(server.points("refusals", "SELECT a FROM records"))
                    .extracting(point -> point.getLong("a"))
                    .containsExactly(1L, 2L, 3L);
        }
    }

    private static List<Integer> refused(Outcome outcome) {
        Outcome.PerRecord per = (Outcome.PerRecord) outcome;
        assertThat(per.again().isEmpty()).isTrue();
        return per.refused().stream().boxed().toList();
    }

    @Test
    void influxdbWithoutTheDatabaseIsWaitedFor() throws Exception {
        try (var server = InfluxdbServer.start(directory)) {
            var config = InfluxdbSinkConfigs.of(server.url(), "missing", List.of());
            try (var sink = open(config)) {
                assertThat(sink.deliver(TestDelivery.of(1, 1))).isInstanceOf(Outcome.Retry.class);
                server.makeDatabase("missing");
                assertThat(sink.deliver(TestDelivery.of(1, 1))).isEqualTo(Outcome.DELIVERED);
            }
        }
    }

    @Test
    void numbersComeBackFromVictoriaMetrics() throws Exception {
        String program = ServerProcess.program("victoria-metrics");
        int port = FreePorts.one();
        List<String> command =
                List.of(
                        program,
                        "-storageDataPath=" + directory.resolve("data"),
                        "-httpListenAddr=127.0.0.1:" + port,
                        "-retentionPeriod=100y",
                        "-memory.allowedBytes=128MB",
                        "-dedup.minScrapeInterval=1ms");
        try (var server = ServerProcess.start(command, port, directory, "/health")) {
            var config = InfluxdbSinkConfigs.of(server.url(), "", List.of("host name"), false);
            TestDelivery delivery =
                    lines(
                            1,
                            "{\"time\":1700000000,\"host name\":\"a ,=\\\"b\",\"v\":1.5,\"s\":\"t\"}",
                            "{\"time\":1700000001,\"host name\":\"a ,=\\\"b\",\"v\":-3}");
            try (var sink = open(config)) {
                assertThat(sink.deliver(delivery)).isEqualTo(Outcome.DELIVERED);
                assertThat(sink.deliver(delivery)).isEqualTo(Outcome.DELIVERED);
            }
            server.ask("GET", "/internal/force_flush");
            String exported =
                    server.ask("GET", "/api/v1/export?match=%7B__name__%3D%22records_v%22%7D")
                            .body();
            assertThat(exported.lines()).hasSize(1);
            JsonObject series = new JsonObject(exported);
            assertThat(series.getJsonObject("metric").getString("host name")).isEqualTo("a ,=\"b");
            assertThat(series.getJsonArray("values")).isEqualTo(JsonArray.of(1.5, -3));
            assertThat(series.getJsonArray("timestamps"))
                    .isEqualTo(JsonArray.of(1_700_000_000_000L, 1_700_000_001_000L));
            String texts =
                    server.ask("GET", "/api/v1/export?match=%7B__name__%3D%22records_s%22%7D")
                            .body();
            assertThat(texts).isEmpty();
        }
    }
}
