package io.penstock.gateway.metrics.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.influxdb.InfluxdbServer;
import io.penstock.exporter.sink.web.ServerProcess;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.catalog.Metric;
import io.penstock.loopback.FreePorts;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real InfluxDB and a real VictoriaMetrics have what /metrics said. */
class OwnMetricsTargetsTest {
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? ([0-9.-]+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

    private static final Pattern COUNTER = Pattern.compile("_(total|bucket|sum|count)\\{");

    /** Gauges that nothing moves meanwhile. */
    private static final Pattern STANDS =
            Pattern.compile("_(limit_bytes|node_state|build_info|max_fds)\\{|repo=access");

    /** Rounds to wait for, so that all of the first is there. */
    private static final int ROUNDS = 2;

    /** Fewest series to compare; a page has some 200. */
    private static final int MANY = 100;

    @TempDir private Path directory;

    /** The names of docs/metrics.md, which is what people copy. */
    private static String tags() throws Exception {
        Matcher tags =
                Pattern.compile("tags: (\\[node, .*])")
                        .matcher(Files.readString(Path.of("../docs/metrics.md")));
        assertThat(tags.find()).isTrue();
        return tags.group(1);
    }

    @Test
    void theDocumentNamesEveryLabelThatThereIs() throws Exception {
        Set<String> labels = new HashSet<>(List.of("node", "le"));
        Metric.all().forEach(metric -> labels.addAll(metric.labels()));
        List<String> named = List.of(tags().replaceAll("[\\[\\]]", "").split(", ", -1));
        assertThat(named).containsExactlyInAnyOrderElementsOf(labels);
        String document = Files.readString(Path.of("../docs/metrics.md"));
        assertThat(document.split(Pattern.quote(tags()), -1)).hasSize(4);
    }

    @Test
    void whatArrivesIsWhatThePageSaid() throws Exception {
        String program = ServerProcess.program("victoria-metrics");
        int port = FreePorts.one();
        List<String> command =
                List.of(
                        program,
                        "-storageDataPath=" + directory.resolve("stored"),
                        "-httpListenAddr=127.0.0.1:" + port,
                        "-memory.allowedBytes=128MB");
        try (var victoria = ServerProcess.start(command, port, made("victoria"), "/health");
                var influxdb = InfluxdbServer.start(made("influxdb"));
                TestNode node = node(influxdb.url(), victoria.url())) {
            influxdb.makeDatabase("own");
            node.push("access", 250, AckLevel.DELIVERED);
            compare(node, () -> last(influxdb), () -> exported(victoria));
        }
    }

    private Path made(String name) throws Exception {
        return Files.createDirectories(directory.resolve(name));
    }

    private TestNode node(String influxdb, String victoria) throws Exception {
        return TestNode.start(
                directory.resolve("node"),
                """
                metrics: {export: {enabled: true, interval_ms: 500ms}}
                exports:
                  - {name: none, repo: access, batch: {linger_ms: 0}, sink: {type: blackhole}}
                  - name: influxdb
                    repo: _penstock
                    batch: {linger_ms: 0}
                    sink: {type: influxdb, url: '%1$s', database: own, measurement: penstock, tags: %3$s}
                  - name: victoria
                    repo: _penstock
                    batch: {linger_ms: 0}
                    sink: {type: influxdb, url: '%2$s', measurement: own, text_fields: false, tags: %3$s}
                  - name: prometheus
                    repo: _penstock
                    batch: {linger_ms: 0}
                    concurrency: 1
                    sink: {type: prometheus, url: '%2$s/api/v1/write', labels: %3$s}
                """
                        .formatted(influxdb, victoria, tags()));
    }

    /** Series by name and labels, each with its values by time in milliseconds. */
    private interface Target {
        Map<String, NavigableMap<Long, Double>> series() throws Exception;
    }

    private static void compare(TestNode node, Target influxdb, Target victoria) throws Exception {
        Map<String, Double> before = page(node);
        long fromMs = System.currentTimeMillis();
        TestNode.until(
                () ->
                        after(influxdb.series().get("penstock_node_state{}"), fromMs)
                                && after(victoria.series().get("penstock_node_state{}"), fromMs)
                                && after(
                                        victoria.series().get("own_penstock_node_state{}"),
                                        fromMs));
        Map<String, Double> then = page(node);
        assertThat(before).hasSizeGreaterThan(MANY);
        Map<String, NavigableMap<Long, Double>> lines = influxdb.series();
        Map<String, NavigableMap<Long, Double>> written = victoria.series();
        assertEqual("influxdb", before, then, fromMs, lines, name -> name);
        assertEqual("victoria", before, then, fromMs, written, name -> "own_" + name);
        assertEqual("prometheus", before, then, fromMs, written, name -> name);
        // as many records in each round: what the repo carries makes no more of them
        assertThat(found(lines, "penstock_repo_accepted_records_total{repo=access}").values())
                .contains(250.0);
        NavigableMap<Long, Double> own = found(lines, "penstock_own_metrics_records_total{}");
        double last = own.lastEntry().getValue();
        double step = last - own.lowerEntry(own.lastKey()).getValue();
        assertThat(step).isBetween(MANY / 2.0, 3.0 * MANY);
    }

    private static <T> T found(Map<String, T> all, String key) {
        return Objects.requireNonNull(all.get(key), key);
    }

    private static boolean after(@Nullable NavigableMap<Long, Double> values, long fromMs) {
        return values != null && values.tailMap(fromMs, false).size() >= ROUNDS;
    }

    /** Each sample that a target has of the time between two pages lies between what those say. */
    private static void assertEqual(
            String target,
            Map<String, Double> before,
            Map<String, Double> then,
            long fromMs,
            Map<String, NavigableMap<Long, Double>> series,
            UnaryOperator<String> name) {
        int equal = 0;
        for (Map.Entry<String, Double> sample : before.entrySet()) {
            String key = name.apply(sample.getKey());
            double first = sample.getValue();
            double last = found(then, sample.getKey());
            assertThat(series).as("%s, which has %s", target, series.size()).containsKey(key);
            Map.Entry<Long, Double> arrived = found(series, key).higherEntry(fromMs);
            boolean isCounter = COUNTER.matcher(key).find();
            if (arrived != null && (isCounter || STANDS.matcher(key).find())) {
                assertThat(arrived.getValue()).as("%s: %s", target, key).isBetween(first, last);
                equal += first == last ? 1 : 0;
            }
        }
        assertThat(equal).as(target).isGreaterThan(MANY);
    }

    private static Map<String, Double> page(TestNode node) throws Exception {
        String text =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://" + node.admin() + "/metrics"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
        Map<String, Double> samples = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            Map<String, Object> labels = new HashMap<>();
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            samples.put(key(sample.group(1), labels), Double.parseDouble(sample.group(3)));
        }
        return samples;
    }

    /** Name and labels without node and what is empty. */
    private static String key(String name, Map<String, Object> labels) {
        Map<String, Object> sorted = new TreeMap<>(labels);
        sorted.keySet().removeAll(List.of("node", "__name__", "db"));
        sorted.values().removeIf(value -> value == null || value.equals(""));
        return name + sorted;
    }

    private static Map<String, NavigableMap<Long, Double>> last(InfluxdbServer server)
            throws Exception {
        Set<String> tags = Set.of(tags().replaceAll("[\\[\\]]", "").split(", ", -1));
        Map<String, NavigableMap<Long, Double>> series = new HashMap<>();
        for (JsonObject point : server.points("own", "SELECT * FROM penstock")) {
            Map<String, Object> labels = new HashMap<>(point.getMap());
            labels.keySet().retainAll(tags);
            for (String field : point.fieldNames()) {
                Object value = point.getValue(field);
                if (field.matches("(penstock|jvm|process)_.*") && value instanceof Number number) {
                    series.computeIfAbsent(key(field, labels), k -> new TreeMap<>())
                            .put(point.getLong("time") / 1_000_000, number.doubleValue());
                }
            }
        }
        return series;
    }

    private static Map<String, NavigableMap<Long, Double>> exported(ServerProcess server)
            throws Exception {
        server.ask("GET", "/internal/force_flush");
        String all = server.ask("GET", "/api/v1/export?match=%7B__name__%21%3D%22%22%7D").body();
        Map<String, NavigableMap<Long, Double>> series = new HashMap<>();
        for (String line : all.lines().toList()) {
            JsonObject one = new JsonObject(line);
            Map<String, Object> labels = one.getJsonObject("metric").getMap();
            NavigableMap<Long, Double> values =
                    series.computeIfAbsent(
                            key(String.valueOf(labels.get("__name__")), labels),
                            k -> new TreeMap<>());
            for (int i = 0; i < one.getJsonArray("values").size(); i++) {
                values.put(
                        one.getJsonArray("timestamps").getLong(i),
                        one.getJsonArray("values").getDouble(i));
            }
        }
        return series;
    }
}
