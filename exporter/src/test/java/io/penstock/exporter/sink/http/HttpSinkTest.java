package io.penstock.exporter.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.ScriptedServer;
import io.penstock.exporter.sink.web.WebAnswer;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSinkTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

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
        return "http://127.0.0.1:" + server.port() + "/in?a=b";
    }

    private static HttpSinkConfig config(String url, long timeoutMs, Http2Mode http2) {
        return new HttpSinkConfig(
                url,
                "PUT",
                Map.of("authorization", "Bearer t", "user-agent", "mine"),
                BodyFormat.JSON_ARRAY,
                "",
                Compression.NONE,
                timeoutMs,
                4,
                http2,
                List.of(404),
                false,
                "",
                "",
                "",
                false);
    }

    private SinkDriver<HttpSinkConfig> open(HttpSinkConfig config) {
        SinkContext context = new SinkContext(vertx, new RepoName("repo"), "export", state, CLOCK);
        return new SinkDriver<>(new HttpSinkFactory(), config, context);
    }

    private Outcome deliver(String url, long timeoutMs) {
        try (var sink = open(config(url, timeoutMs, Http2Mode.OFF))) {
            return sink.deliver(TestDelivery.of(1, 2));
        }
    }

    private static void assertRetry(Outcome outcome, String why) {
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(((Outcome.Retry) outcome).why()).contains(why);
        assertThat(((Outcome.Retry) outcome).afterMs()).isEqualTo(Outcome.Retry.BACK_OFF);
    }

    @Test
    void saysWhatTheConfigurationSays() {
        assertThat(deliver(url(), 5_000)).isEqualTo(Outcome.DELIVERED);
        var request = server.accepted().get(0);
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.uri()).isEqualTo("/in?a=b");
        assertThat(request.version()).isEqualTo(HttpVersion.HTTP_1_1);
        assertThat(request.headers().getAll("authorization")).containsExactly("Bearer t");
        assertThat(request.headers().getAll("user-agent")).containsExactly("mine");
        assertThat(request.headers().getAll("content-type")).containsExactly("application/json");
        assertThat(request.headers().getAll("idempotency-key"))
                .containsExactly("repo/export/1/1-2/0-2");
        assertThat(request.headers().contains("content-length")).isTrue();
        assertThat(request.body().toJsonArray()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void countsEvery2xxAsDelivered(int status) {
        server.answer(status, "");
        assertThat(deliver(url(), 5_000)).isEqualTo(Outcome.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 408, 425, 429, 500, 502, 503, 599})
    void triesAgainWhatMayPass(int status) {
        server.answer(status, "not now");
        assertRetry(deliver(url(), 5_000), "HTTP " + status + ": not now");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 304, 400, 401, 413, 422, 451})
    void givesUpWhatNeverPasses(int status) {
        server.answer(status, status == 304 ? "" : "line\none");
        Outcome outcome = deliver(url(), 5_000);
        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Rejected(
                                "HTTP " + status + (status == 304 ? "" : ": line one")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | 7000",
                "0 | 0",
                "99999999999999999999 | 3600000",
                "Mon, 23 Nov 2026 10:00:30 GMT | 30000",
                "Mon, 23 Nov 2026 09:00:00 GMT | 0",
                "-5 | -1",
                "soon | -1"
            })
    void waitsAsLongAsTheTargetWishes(String header, long afterMs) {
        server.handle(
                request ->
                        request.response()
                                .setStatusCode(429)
                                .putHeader("Retry-After", header)
                                .end());
        assertThat(deliver(url(), 5_000))
                .isEqualTo(new Outcome.Retry(afterMs, "HTTP 429", Outcome.Cause.BUSY));
    }

    @Test
    void triesAgainWhenNobodyListens() throws Exception {
        server.close();
        assertRetry(deliver(url(), 5_000), "Connection refused");
    }

    @Test
    void triesAgainWhenTheAnswerIsNotHttp() throws Exception {
        int port = server.rawPort("SSH-2.0-OpenSSH_9.2\r\n\r\n", true);
        assertThat(deliver("http://127.0.0.1:" + port, 5_000)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void triesAgainWhenTheAnswerBreaksOff() throws Exception {
        int port = server.rawPort("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", true);
        assertThat(deliver("http://127.0.0.1:" + port, 5_000)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void triesAgainWhenTheConnectionIsReset() {
        server.handle(request -> request.connection().close());
        assertThat(deliver(url(), 5_000)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void triesAgainWhenNoAnswerComesInTime() {
        server.handle(request -> {});
        assertRetry(deliver(url(), 200), "no answer within 200 ms");
    }

    @Test
    void triesAgainWhenTheAnswerNeverEnds() {
        server.handle(request -> request.response().setChunked(true).write("still"));
        assertRetry(deliver(url(), 200), "no answer within 200 ms");
    }

    @Test
    void waitsForASlowTarget() {
        server.replies(() -> Reply.SLOW);
        assertThat(deliver(url(), 10_000)).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void readsNoMoreOfAnAnswerThanItsBound() {
        server.handle(
                request -> {
                    var response = request.response().setStatusCode(400).setChunked(true);
                    // an endless answer, in so far as the client lets it
                    request.body()
                            .onSuccess(
                                    b ->
                                            vertx.setPeriodic(
                                                    1, id -> response.write("x".repeat(9_000))));
                });
        Outcome outcome = deliver(url(), 10_000);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(((Outcome.Rejected) outcome).why())
                .hasSize("HTTP 400: ".length() + WebAnswer.MAX_REASON_BYTES);
    }

    @Test
    void keepsItsConnections() {
        try (var sink = open(config(url(), 5_000, Http2Mode.OFF))) {
            java.util.Set<Object> connections = java.util.concurrent.ConcurrentHashMap.newKeySet();
            server.handle(
                    request -> {
                        connections.add(request.connection());
                        request.body().onSuccess(body -> server.accept(request, body));
                    });
            var all = java.util.stream.IntStream.range(0, 50).mapToObj(i -> TestDelivery.of(i, 1));
            assertThat(sink.deliverAll(all.toList(), 16).delivered()).hasSize(50);
            assertThat(connections).hasSizeBetween(1, 4);
        }
    }

    @Test
    void speaksHttp2ByPriorKnowledge() {
        try (var sink = open(config(url(), 5_000, Http2Mode.PRIOR_KNOWLEDGE))) {
            assertThat(sink.deliver(TestDelivery.of(1, 1))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(server.accepted().get(0).version()).isEqualTo(HttpVersion.HTTP_2);
    }

    @Test
    void settlesWhatIsOpenWhenItIsClosed() {
        server.handle(request -> {});
        SinkContext context = new SinkContext(vertx, new RepoName("repo"), "export", state, CLOCK);
        var sink = new HttpSinkFactory().create(config(url(), 20_000, Http2Mode.OFF), context);
        var open = sink.deliver(TestDelivery.of(1, 1).lend());
        vertx.setTimer(100, fired -> sink.close());
        Outcome outcome =
                io.vertx.core.Future.await(open.map(o -> o).timeout(10, TimeUnit.SECONDS));
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    }
}
