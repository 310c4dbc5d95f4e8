package io.penstock.gateway.door.mount;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.penstock.exporter.sink.web.ServerProcess;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.door.OpenDoor;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.loopback.FreePorts;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a page and writes to the door what it found there. */
class PrometheusTest {
    @TempDir Path directory;
    private final OpenDoor door = new OpenDoor(lane -> new Doors(lane, DoorsConfig.DEFAULT));
    private final AtomicInteger scrapes = new AtomicInteger();

    @AfterEach
    void close() {
        door.close();
    }

    private HttpServer page() throws Exception {
        HttpServer page =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext(
                "/metrics",
                exchange -> {
                    int n = scrapes.incrementAndGet();
                    byte[] text =
                            ("# TYPE orders_total counter\norders_total{shop=\"z\u00fc \\\"q\\\"\"} "
                                            + n
                                            + "\n# TYPE t histogram\nt_bucket{le=\"+Inf\"} 2\n"
                                            + "t_sum 0.25\nt_count 2\n")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                    exchange.sendResponseHeaders(200, text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
        page.start();
        return page;
    }

    @Test
    void everySampleArrivesOnceAlsoWhenThereWasNoRoomAtFirst() throws Exception {
        String program = ServerProcess.program("prometheus");
        HttpServer page = page();
        int port = FreePorts.one();
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global: {scrape_interval: 250ms, scrape_timeout: 200ms}
                scrape_configs:
                  - job_name: shop
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                remote_write:
                  - url: %s/api/v1/write
                    queue_config: {batch_send_deadline: 300ms, retry_on_http_429: true,
                                   min_backoff: 30ms, max_backoff: 100ms}
                """
                        .formatted(page.getAddress().getPort(), door.url()));
        door.port().intake().refuse(new Refusal.Full(new RepoName("prometheus"), 10, "no room"));
        List<String> command =
                List.of(
                        program,
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port);
        try (var server = ServerProcess.start(command, port, directory, "/-/ready")) {
            assertThat(server.ask("GET", "/-/healthy").statusCode()).isEqualTo(200);
            DataPort.awaitUntil(
                    "refused once or more", () -> door.port().node().http().requests() > 2);
            door.port().intake().refuse(null);
            DataPort.awaitUntil("ten scrapes", () -> orders().size() >= 10);
        } finally {
            page.stop(0);
        }

        Map<Long, Double> orders = orders();
        double last = 0;
        for (double value : orders.values()) {
            assertThat(value).isEqualTo(last + 1);
            last = value;
        }
        assertThat(named("up")).allMatch(each -> each.getString("job").equals("shop"));
        assertThat(named("t_bucket").get(0).getString("le")).isEqualTo("+Inf");
        assertThat(named("t_sum").get(0).getDouble("value")).isEqualTo(0.25);
    }

    private List<JsonObject> named(String metric) {
        return door.records("prometheus").stream()
                .filter(each -> each.getString("__name__").equals(metric))
                .toList();
    }

    /** The counter by time, without the mark of a series that ended. */
    private Map<Long, Double> orders() {
        Map<Long, Double> values = new TreeMap<>();
        for (JsonObject each : named("orders_total")) {
            assertThat(each.getString("shop")).isEqualTo("z\u00fc \"q\"");
            Double value = each.getDouble("value");
            if (value != null) {
                assertThat(values.put(each.getLong("time_unix_nano"), value)).isNull();
            }
        }
        return values;
    }
}
