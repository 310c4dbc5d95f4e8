package io.penstock.exporter.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.body.BodyReader;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.sink.web.ScriptedServer;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent, and what answers mean, against a server that says what it is told. */
class InfluxdbSinkTest {

    @TempDir Path state;
    private final Vertx vertx = Vertx.vertx();
    private ScriptedServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private Outcome deliver(InfluxdbSinkConfig config, TestDelivery delivery) {
        SinkContext context =
                new SinkContext(vertx, new RepoName("repo"), "export", state, Clock.systemUTC());
        try (var sink = new SinkDriver<>(new InfluxdbSinkFactory(), config, context)) {
            return sink.deliver(delivery);
        }
    }

    private Outcome deliver(String... lines) {
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return deliver(
                InfluxdbSinkConfigs.of(url(), "db", List.of()),
                TestDelivery.ofBatch(1, Encoding.NDJSON, body, lines.length));
    }

    private static Outcome refused(Outcome like, int... records) {
        BitSet refused = new BitSet();
        for (int each : records) {
            refused.set(each);
        }
        Outcome.PerRecord per = (Outcome.PerRecord) like;
        return new Outcome.PerRecord(new BitSet(), refused, per.afterMs(), per.why());
    }

    @Test
    void writesToTheDatabaseOfVersion1() {
        InfluxdbSinkConfig config = InfluxdbSinkConfigs.of(url() + "/proxy/", "a b", List.of());

        assertThat(deliver(config, TestDelivery.of(1, 1))).isEqualTo(Outcome.DELIVERED);

        var request = server.accepted().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/proxy/write?precision=ns&db=a+b");
        assertThat(request.headers().get("content-encoding")).isEqualTo("gzip");
        byte[] body = BodyReader.unpack(Compression.GZIP, request.body().getBytes());
        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo(
                        "records marker=\"1-0\",text=\"some text\",count=0i 1700000000000000000\n");
    }

    @Test
    void writesToTheBucketOfVersion2() {
        InfluxdbSinkConfig config = InfluxdbSinkConfigs.version2(url(), "secret");

        assertThat(deliver(config, TestDelivery.of(1, 1))).isEqualTo(Outcome.DELIVERED);

        var request = server.accepted().get(0);
        assertThat(request.uri()).isEqualTo("/api/v2/write?precision=ns&bucket=b%26b&org=my+org");
        assertThat(request.headers().get("authorization")).isEqualTo("Token secret");
        assertThat(request.body().toString())
                .isEqualTo("records,marker=1-0 count=0 1700000000000000000\n");
    }

    @Test
    void refusesRecordsWithoutAFieldAndDeliversTheOthers() {
        Outcome some = deliver("{\"a\":1}", "{}", "{\"a\":2}");
        assertThat(some).isEqualTo(refused(some, 1));
        assertThat(server.accepted()).hasSize(1);

        Outcome all = deliver("{}", "{\"b\":null}");
        assertThat(all).isEqualTo(refused(all, 0, 1));
        assertThat(server.accepted()).hasSize(1);
    }

    @Test
    void refusesTheRecordsWhoseLinesTheServerNames() {
        server.answer(
                400,
                new JsonObject()
                        .put(
                                "error",
                                "partial write: unable to parse 'records a=\"x': 'y\" 5000000000':"
                                        + " bad\nunable to parse 'records a=2i 7000000000': bad"
                                        + " dropped=0")
                        .encode());

        Outcome outcome =
                deliver(
                        "{\"time\":5,\"a\":\"x': 'y\"}",
                        "{\"time\":6,\"a\":1}",
                        "{}",
                        "{\"time\":7,\"a\":2}");

        assertThat(outcome).isEqualTo(refused(outcome, 0, 2, 3));
    }

    @Test
    void offersTheOthersAgainWhenNothingWasWritten() {
        server.answer(
                400,
                "{\"code\":\"invalid\",\"message\":\"unable to parse 'records a=1i 6000000000': no\"}");

        Outcome outcome =
                deliver("{\"time\":5,\"a\":0}", "{\"time\":6,\"a\":1}", "{\"time\":7,\"a\":2}");

        Outcome.PerRecord per = (Outcome.PerRecord) outcome;
        assertThat(per.refused().stream()).containsExactly(1);
        assertThat(per.again().stream()).containsExactly(0, 2);
        assertThat(per.afterMs()).isZero();
    }

    @Test
    void refusesAllWhenTheServerCountsAll() {
        server.answer(
                400, "{\"error\":\"partial write: points beyond retention policy dropped=2\"}");

        Outcome outcome = deliver("{\"a\":1}", "{\"a\":2}");

        assertThat(outcome).isEqualTo(refused(outcome, 0, 1));
    }

    @Test
    void hasTheDeliveryHalvedWhenTheServerDoesNotSayWhich() {
        server.answer(400, "{\"error\":\"partial write: field type conflict dropped=1\"}");
        assertThat(deliver("{\"a\":1}", "{\"a\":2}")).isInstanceOf(Outcome.Rejected.class);

        server.answer(400, "{\"error\":\"unable to parse 'another line': bad\"}");
        assertThat(deliver("{\"a\":1}", "{\"a\":2}")).isInstanceOf(Outcome.Rejected.class);

        server.answer(400, "<html>what?</html>");
        assertThat(deliver("{\"a\":1}")).isInstanceOf(Outcome.Rejected.class);

        server.answer(413, "{\"error\":\"partial write: dropped=1\"}");
        assertThat(deliver("{\"a\":1}")).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void triesAgainWhenADatabaseIsMissing() {
        server.answer(404, "{\"error\":\"database not found: \\\"db\\\"\"}");
        assertThat(deliver("{\"a\":1}")).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void hasALargeDeliveryHalvedWithoutAskingTheServer() {
        var c = InfluxdbSinkConfigs.of(url(), "db", List.of());
        InfluxdbSinkConfig small =
                new InfluxdbSinkConfig(
                        c.url(),
                        c.database(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "m",
                        "",
                        c.tags(),
                        c.fields(),
                        true,
                        true,
                        Compression.GZIP,
                        200,
                        20_000,
                        4,
                        "",
                        "",
                        "",
                        false);

        assertThat(deliver(small, TestDelivery.of(1, 20)))
                .isEqualTo(new Outcome.Rejected("the body is over max_body_bytes, 200"));
        assertThat(deliver(small, TestDelivery.of(2, 1))).isEqualTo(Outcome.DELIVERED);
        assertThat(server.accepted()).hasSize(1);
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertWrong("bucket: ", "u", "db", "", "o", "b", "", "");
        assertWrong("org: ", "u", "", "", "", "b", "", "");
        assertWrong("retention_policy: ", "u", "", "rp", "", "", "", "");
        assertWrong("username: ", "u", "db", "", "", "", "t", "user");
        assertWrong("url: ", "ftp://h", "db", "", "", "", "", "");
        assertWrong("url: ", "http://h/?x=y", "db", "", "", "", "", "");
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private static void assertWrong(
            String key,
            String url,
            String database,
            String policy,
            String org,
            String bucket,
            String token,
            String username) {
        String whole = url.equals("u") ? "http://h" : url;
        assertThatThrownBy(
                        () ->
                                new InfluxdbSinkConfig(
                                        whole,
                                        database,
                                        policy,
                                        org,
                                        bucket,
                                        token,
                                        username,
                                        "",
                                        "m",
                                        "",
                                        List.of(),
                                        List.of(),
                                        true,
                                        true,
                                        Compression.NONE,
                                        1,
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
