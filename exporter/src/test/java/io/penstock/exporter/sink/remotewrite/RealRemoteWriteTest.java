package io.penstock.exporter.sink.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Prometheus and a real VictoriaMetrics have afterwards. */
class RealRemoteWriteTest {

    @TempDir Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final long now = System.currentTimeMillis() / 1000;

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private SinkDriver<RemoteWriteSinkConfig> open(ServerProcess server) {
        RemoteWriteSinkConfig config =
                RemoteWriteSinkConfig.of(server.url() + "/api/v1/write", List.of("host", "path"));
        SinkContext context =
                new SinkContext(
                        vertx, new RepoName("repo"), "export", directory, Clock.systemUTC());
        return new SinkDriver<>(new RemoteWriteSinkFactory(), config, context);
    }

    private TestDelivery lines(long number, long... seconds) {
        StringBuilder lines = new StringBuilder();
        for (long second : seconds) {
            lines.append("{\"time\":").append(second);
            lines.append(",\"host\":\"h\\u00fc \\\"q\\\" \\\\\",\"load\":").append(second % 1000);
            lines.append(".5,\"up\":true}\n");
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        return TestDelivery.ofBatch(number, Encoding.NDJSON, body, seconds.length);
    }

    private static JsonArray query(ServerProcess server, String query, long at) throws Exception {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        String answer = server.ask("GET", "/api/v1/query?time=" + at + "&query=" + encoded).body();
        return new JsonObject(answer).getJsonObject("data").getJsonArray("result");
    }

    @Test
    void prometheusHasEverySampleAndSaysWhatIsOutOfOrder() throws Exception {
        String program = ServerProcess.program("prometheus");
        int port = FreePorts.one();
        Path config = Files.writeString(directory.resolve("prometheus.yml"), "");
        List<String> command =
                List.of(
                        program,
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--web.enable-remote-write-receiver");
        try (var server = ServerProcess.start(command, port, directory, "/-/ready");
                var sink = open(server)) {
            assertThat(sink.deliver(lines(1, now - 30, now - 20, now - 10)))
                    .isEqualTo(Outcome.DELIVERED);
            // the newest sample again is no other
            assertThat(sink.deliver(lines(2, now - 10))).isEqualTo(Outcome.DELIVERED);
            assertThat(sink.deliver(lines(3, now - 25, now))).isInstanceOf(Outcome.Rejected.class);
            assertThat(sink.deliver(lines(4, now))).isEqualTo(Outcome.DELIVERED);

            JsonArray found = query(server, "load[1m]", now);
            assertThat(found).hasSize(1);
            JsonObject series = found.getJsonObject(0);
            assertThat(series.getJsonObject("metric").getString("host"))
                    .isEqualTo("h\u00fc \"q\" \\");
            JsonArray values = new JsonArray();
            for (long second : new long[] {now - 30, now - 20, now - 10, now}) {
                values.add(JsonArray.of(second, second % 1000 + ".5"));
            }
            assertThat(series.getJsonArray("values")).isEqualTo(values);
            assertThat(query(server, "count_over_time(up[1m])", now)).hasSize(1);
        }
    }

    @Test
    void victoriaMetricsHasEverySample() throws Exception {
        String program = ServerProcess.program("victoria-metrics");
        int port = FreePorts.one();
        List<String> command =
                List.of(
                        program,
                        "-storageDataPath=" + directory.resolve("data"),
                        "-httpListenAddr=127.0.0.1:" + port,
                        "-memory.allowedBytes=128MB");
        try (var server = ServerProcess.start(command, port, directory, "/health");
                var sink = open(server)) {
            assertThat(sink.deliver(lines(1, now - 30, now - 20))).isEqualTo(Outcome.DELIVERED);
            server.ask("GET", "/internal/force_flush");
            String exported =
                    server.ask("GET", "/api/v1/export?match=%7B__name__%3D%22load%22%7D").body();
            JsonObject series = new JsonObject(exported);
            assertThat(series.getJsonArray("timestamps"))
                    .isEqualTo(JsonArray.of((now - 30) * 1000, (now - 20) * 1000));
            assertThat(series.getJsonArray("values"))
                    .isEqualTo(JsonArray.of((now - 30) % 1000 + .5, (now - 20) % 1000 + .5));
        }
    }
}
