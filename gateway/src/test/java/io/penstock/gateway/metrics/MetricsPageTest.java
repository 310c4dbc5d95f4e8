package io.penstock.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.object.ObjectSinks;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.catalog.Metric;
import io.penstock.model.AckLevel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /metrics} really serves, against docs/metrics.md, both ways. */
class MetricsPageTest {
    private static final Path DOCUMENT = Path.of("../docs/metrics.md");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-z_]+)(\\{[a-z_]+=\"[^\"]*\"(?:,[a-z_]+=\"[^\"]*\")*})? (-?[0-9.eE+-]+|NaN|[+-]Inf)");

    @TempDir private Path directory;

    private static HttpResponse<String> get(TestNode node) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + node.admin() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString());
    }

    private TestNode node() throws Exception {
        return TestNode.start(
                directory,
                "repos: {exports: [{name: none, batch: {linger_ms: 0}, sink: {type: blackhole}}]}");
    }

    @Test
    void servesWhatTheDocumentSaysAndNothingElse() throws Exception {
        if (Boolean.getBoolean("penstock.write")) {
            Files.writeString(DOCUMENT, document());
        }
        Map<String, String> served = new TreeMap<>();
        try (TestNode node = node()) {
            node.push("access", 10, AckLevel.DELIVERED);
            Matcher types = TYPE.matcher(get(node).body());
            while (types.find()) {
                served.put(types.group(1), types.group(2));
            }
        }
        Map<String, String> documented = new TreeMap<>();
        Matcher rows =
                Pattern.compile("\\| `(\\S+)` \\| (\\S+) \\| [^|]* \\| [^|]+ \\|")
                        .matcher(Files.readString(DOCUMENT));
        while (rows.find()) {
            documented.put(rows.group(1), rows.group(2));
        }
        assertThat(served).isEqualTo(documented);
        assertThat(Files.readString(DOCUMENT))
                .as("repeat with -Dpenstock.write=true to write it anew")
                .isEqualTo(document());
    }

    /** The document as it is, with the table that it should have. */
    private static String document() throws IOException {
        String head = "| metric | type | labels | meaning |\n|---|---|---|---|\n";
        String written = Files.readString(DOCUMENT);
        StringBuilder table = new StringBuilder(head);
        for (Metric metric : Metric.all()) {
            String labels = String.join(", ", metric.labels());
            table.append("| `").append(metric.metricName()).append("` | ");
            table.append(metric.kind().word()).append(" | ");
            table.append(labels.isEmpty() ? "-" : labels).append(" | ");
            table.append(metric.help()).append(" |\n");
        }
        int start = written.indexOf(head);
        int end = start + head.length();
        while (written.startsWith("| `", end)) {
            end = written.indexOf('\n', end) + 1;
        }
        return written.substring(0, start) + table + written.substring(end);
    }

    @Test
    void everyLineIsOneThatPrometheusReads() throws Exception {
        try (TestNode node = node()) {
            node.push("access", 10, AckLevel.SYNCED);
            HttpResponse<String> page = get(node);
            assertThat(page.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            String family = "";
            Set<String> seen = new HashSet<>();
            for (String line : page.body().split("\n", -1)) {
                if (line.startsWith("# HELP ")) {
                    family = line.split(" ", -1)[2];
                    assertThat(seen.add(family)).as("%s must not be split", family).isTrue();
                } else if (!line.isEmpty() && !line.startsWith("# TYPE ")) {
                    assertThat(line).matches(SAMPLE);
                    assertThat(line).startsWith(family);
                }
            }
        }
    }

    @Test
    void countsWhatHappened() throws Exception {
        try (TestNode node = node()) {
            node.push("access", 250, AckLevel.DELIVERED);
            assertThat(get(node).body().lines())
                    .contains(
                            "penstock_node_state 2",
                            "penstock_intake_records_total 250",
                            "penstock_intake_batches_total 3",
                            "penstock_ingress_accepted_total{transport=\"http\"} 3",
                            "penstock_repo_accepted_records_total{repo=\"access\"} 250",
                            "penstock_export_delivered_records_total{repo=\"access\",export=\"none\"}"
                                    + " 250",
                            "penstock_export_lag_records{repo=\"access\",export=\"none\"} 0",
                            "penstock_staged_bytes 0");
        }
    }

    @Test
    void tellsOfTheWindowsOfAnObjectSinkAsLongAsItIsOpen() throws Exception {
        String lake =
                "repos: {exports: [{name: lake, batch: {linger_ms: 0}, sink: {type: object, target: '"
                        + directory.resolve("lake").toUri().toString().replace("file:/", "file:///")
                        + "'}}]}";
        try (TestNode node = TestNode.start(directory, lake)) {
            node.push("access", 10, AckLevel.DELIVERED);
            assertThat(get(node).body().lines())
                    .contains(
                            "penstock_object_open_windows{repo=\"access\",export=\"lake\"} 1",
                            "penstock_object_sealed_windows{repo=\"access\",export=\"lake\"} 0",
                            "penstock_encodes_running 0");
        }
        assertThat(ObjectSinks.stats()).isEmpty();
    }

    @Test
    void namesFollowTheConventions() {
        List<Metric> all = Metric.all();
        assertThat(all).extracting(Metric::metricName).doesNotHaveDuplicates();
        assertThat(all)
                .allMatch(
                        m -> (m.kind() == Metric.Kind.COUNTER) == m.metricName().endsWith("_total"))
                .allMatch(m -> m.metricName().matches("(penstock|jvm|process)_[a-z0-9_]+"))
                .allMatch(m -> m.help().endsWith("."));
    }
}
