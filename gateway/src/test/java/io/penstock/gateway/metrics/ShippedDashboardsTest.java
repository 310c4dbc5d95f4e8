package io.penstock.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.web.ServerProcess;
import io.penstock.gateway.boot.TestNode;
import io.penstock.loopback.FreePorts;
import io.penstock.model.AckLevel;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboards of conf/grafana: their form, and each of their queries asked of a real Prometheus
 * that scrapes a running node. There is no Grafana here; what it makes of the files is not tested.
 */
class ShippedDashboardsTest {
    private static final Path DASHBOARDS = Path.of("../conf/grafana");
    private static final Path ALERTS = Path.of("../conf/prometheus/alerts.yml");
    private static final Path NOTHING = Path.of("/dev/null");

    /** Scrapes before anybody asks. */
    private static final int SCRAPES = 2;

    private static final String ALONE = "a node that runs alone has no part in a cluster";
    private static final String NO_SOURCE = "there is no broker to pull from";
    private static final String NO_TLS = "no port speaks TLS";
    private static final String NO_OBJECTS = "no object sink is open";

    /** Panels whose query has no data in this setting, and why; all others have. */
    private static final Map<String, String> WITHOUT_DATA =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("repo: Pulled", NO_SOURCE),
                            Map.entry("repo: Behind the brokers", NO_SOURCE),
                            Map.entry("node: Certificates", NO_TLS),
                            Map.entry("sinks: Windows", NO_OBJECTS),
                            Map.entry("sinks: Published", NO_OBJECTS),
                            Map.entry("sinks: Failed publications", NO_OBJECTS),
                            Map.entry("cluster: Leaders", ALONE),
                            Map.entry("cluster: Shortest lease", ALONE),
                            Map.entry("cluster: Tasks", ALONE),
                            Map.entry("cluster: Tables behind", ALONE),
                            Map.entry("cluster: Leases lapsed", ALONE),
                            Map.entry("cluster: Tasks by node", ALONE),
                            Map.entry("cluster: Who leads", ALONE),
                            Map.entry("cluster: Lease left", ALONE),
                            Map.entry("cluster: Table", ALONE),
                            Map.entry("cluster: Messages refused and dropped", ALONE),
                            Map.entry("cluster: Reads of the store", ALONE)));

    @TempDir private Path directory;

    private static Map<String, JsonObject> dashboards() throws Exception {
        Map<String, JsonObject> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".json", "");
                all.put(name, new JsonObject(Files.readString(file)));
            }
        }
        assertThat(all.keySet()).containsExactly("cluster", "node", "overview", "repo", "sinks");
        return all;
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private static List<JsonObject> panels(JsonObject dashboard) {
        return objects(dashboard.getJsonArray("panels"))
                .filter(panel -> !panel.getString("type").equals("row"))
                .toList();
    }

    /** As Grafana fills them in when everything is chosen. */
    private static String filledIn(String expression) {
        return expression
                .replace("$__rate_interval", "10s")
                .replaceAll("\\$(job|node|repo|export)\\b", ".+");
    }

    /** Expressions of panels, by dashboard and title. */
    private static Map<String, List<String>> queries() throws Exception {
        Map<String, List<String>> queries = new LinkedHashMap<>();
        dashboards()
                .forEach(
                        (name, dashboard) ->
                                panels(dashboard)
                                        .forEach(
                                                panel ->
                                                        queries.put(
                                                                name
                                                                        + ": "
                                                                        + panel.getString("title"),
                                                                objects(
                                                                                panel.getJsonArray(
                                                                                        "targets"))
                                                                        .map(
                                                                                t ->
                                                                                        t.getString(
                                                                                                "expr"))
                                                                        .toList())));
        return queries;
    }

    /** Annotations, and what variables are made of. */
    private static Set<String> otherQueries() throws Exception {
        Set<String> all = new TreeSet<>();
        for (JsonObject dashboard : dashboards().values()) {
            objects(dashboard.getJsonObject("annotations").getJsonArray("list"))
                    .forEach(each -> all.add(each.getString("expr")));
        }
        return all;
    }

    @Test
    void panelsSayWhatToDoAndStandApart() throws Exception {
        Set<String> uids = new HashSet<>();
        Set<String> linked = new HashSet<>();
        for (Map.Entry<String, JsonObject> each : dashboards().entrySet()) {
            JsonObject dashboard = each.getValue();
            assertThat(uids.add(dashboard.getString("uid"))).isTrue();
            assertThat(objects(dashboard.getJsonArray("panels")).map(p -> p.getInteger("id")))
                    .doesNotHaveDuplicates();
            assertThat(panels(dashboard))
                    .extracting(p -> p.getString("title"))
                    .doesNotHaveDuplicates();
            for (JsonObject panel : panels(dashboard)) {
                String title = each.getKey() + ": " + panel.getString("title");
                assertThat(panel.getString("description", "")).as(title).hasSizeGreaterThan(10);
                JsonObject defaults = panel.getJsonObject("fieldConfig").getJsonObject("defaults");
                assertThat(defaults.getString("unit", "")).as(title).isNotEmpty();
                assertThat(panel.encode()).as(title).contains("${datasource}");
                Matcher link = Pattern.compile("/d/([a-z-]+)\\?").matcher(defaults.encode());
                while (link.find()) {
                    linked.add(link.group(1));
                }
            }
            apart(panels(dashboard), each.getKey());
        }
        assertThat(uids).containsAll(linked).hasSize(5);
        assertThat(linked).hasSizeGreaterThan(2);
    }

    private static void apart(List<JsonObject> panels, String dashboard) {
        Set<String> taken = new HashSet<>();
        for (JsonObject panel : panels) {
            JsonObject at = panel.getJsonObject("gridPos");
            for (int x = 0; x < at.getInteger("w"); x++) {
                for (int y = 0; y < at.getInteger("h"); y++) {
                    String cell = (at.getInteger("x") + x) + "/" + (at.getInteger("y") + y);
                    assertThat(taken.add(cell)).as(dashboard + " " + panel).isTrue();
                }
            }
        }
    }

    @Test
    void expressionsAskForMetricsThatThereAreAndPromtoolReadsThem() throws Exception {
        List<String> all = new ArrayList<>(otherQueries());
        queries().values().forEach(all::addAll);
        StringBuilder rules = new StringBuilder("groups:\n- name: all\n  rules:\n");
        for (int i = 0; i < all.size(); i++) {
            assertThat(Promtool.unknown(all.get(i))).as(all.get(i)).isEmpty();
            rules.append("  - record: expression:n").append(i).append("\n    expr: ");
            rules.append(Json.encode(filledIn(all.get(i)))).append('\n');
        }
        Path file = Files.writeString(directory.resolve("rules.yml"), rules);
        assertThat(Promtool.accepts(directory, NOTHING, "check", "rules", file.toString()))
                .contains(all.size() + " rules found");
    }

    @Test
    void everyPanelHasDataFromAPrometheusThatScrapesARunningNode() throws Exception {
        String program = ServerProcess.program("prometheus");
        int closed = FreePorts.one();
        String exports =
                """
                repos:
                  exports:
                    - {name: lake, batch: {linger_ms: 0}, sink: {type: blackhole}}
                    - {name: broken, batch: {linger_ms: 0}, sink: {type: http, url: 'http://127.0.0.1:%d/'}}
                """
                        .formatted(closed);
        try (TestNode node = TestNode.start(directory.resolve("node"), exports)) {
            node.push("orders", 200, AckLevel.STAGED);
            int port = FreePorts.one();
            List<String> command =
                    List.of(
                            program,
                            "--config.file=" + scrape(node),
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port);
            try (var server = ServerProcess.start(command, port, directory, "/-/ready")) {
                TestNode.until(() -> scrapes(server) > SCRAPES);
                node.push("orders", 200, AckLevel.STAGED);
                double seen = scrapes(server);
                TestNode.until(() -> scrapes(server) > seen + SCRAPES);
                Set<String> empty = new TreeSet<>();
                for (Map.Entry<String, List<String>> panel : queries().entrySet()) {
                    for (String expression : panel.getValue()) {
                        if (ask(server, filledIn(expression)).isEmpty()) {
                            empty.add(panel.getKey());
                        }
                    }
                }
                assertThat(empty).isEqualTo(WITHOUT_DATA.keySet());
                for (String expression : otherQueries()) {
                    ask(server, filledIn(expression));
                }
                variables(server);
                TestNode.until(() -> health(server).equals(Set.of("ok")));
            }
            Path page = Files.writeString(directory.resolve("page"), page(node));
            assertThat(Promtool.accepts(directory, page, "check", "metrics")).isEmpty();
        }
    }

    /** Each variable that is asked for has values. */
    private static void variables(ServerProcess server) throws Exception {
        Pattern form = Pattern.compile("label_values\\((.+), ([a-z]+)\\)");
        for (JsonObject dashboard : dashboards().values()) {
            for (JsonObject variable :
                    objects(dashboard.getJsonObject("templating").getJsonArray("list")).toList()) {
                String query = variable.getString("definition", "");
                Matcher parts = form.matcher(query);
                assertThat(parts.matches()).isNotEqualTo(query.isEmpty());
                if (!query.isEmpty()) {
                    String group = "group by (" + parts.group(2) + ") (" + parts.group(1) + ")";
                    JsonArray found = ask(server, filledIn(group));
                    assertThat(found).as(query).isNotEmpty();
                    assertThat(found.getJsonObject(0).getJsonObject("metric").fieldNames())
                            .containsExactly(parts.group(2));
                }
            }
        }
    }

    private Path scrape(TestNode node) throws Exception {
        String config =
                """
                global: {scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms}
                rule_files: ['%s']
                scrape_configs:
                  - job_name: penstock
                    static_configs: [{targets: ['%s']}]
                """
                        .formatted(ALERTS.toAbsolutePath().normalize(), node.admin());
        return Files.writeString(directory.resolve("prometheus.yml"), config);
    }

    /** What becomes of the rules there. */
    private static Set<String> health(ServerProcess server) throws Exception {
        JsonObject answer = new JsonObject(server.ask("GET", "/api/v1/rules").body());
        Set<String> health = new TreeSet<>();
        objects(answer.getJsonObject("data").getJsonArray("groups"))
                .flatMap(group -> objects(group.getJsonArray("rules")))
                .forEach(rule -> health.add(rule.getString("health")));
        return health;
    }

    private static double scrapes(ServerProcess server) throws Exception {
        JsonArray found = ask(server, "sum(sum_over_time(up[5m]))");
        return found.isEmpty()
                ? 0
                : Double.parseDouble(found.getJsonObject(0).getJsonArray("value").getString(1));
    }

    private static JsonArray ask(ServerProcess server, String expression) throws Exception {
        String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        JsonObject answer =
                new JsonObject(server.ask("GET", "/api/v1/query?query=" + encoded).body());
        assertThat(answer.getString("status"))
                .as("%s: %s", expression, answer)
                .isEqualTo("success");
        assertThat(answer.getJsonArray("warnings")).as(expression).isNull();
        return answer.getJsonObject("data").getJsonArray("result");
    }

    private static String page(TestNode node) throws Exception {
        URI metrics = URI.create("http://" + node.admin() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
    }
}
