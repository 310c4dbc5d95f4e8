package io.penstock.gateway.console;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.drive.ClusterNode;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.admin.ClusterReports;
import io.penstock.gateway.admin.NodeView.RepoRow;
import io.penstock.gateway.admin.Reports;
import io.penstock.gateway.history.History;
import io.penstock.gateway.history.Round;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node does at a moment, as JSON. Threading: any thread; making one blocks. */
final class Snapshot {
    /** Repos, exports and tasks in a snapshot, of each; the busiest and those that lag most. */
    static final int MAX_ROWS = 500;

    private final ConsoleParts parts;

    Snapshot(ConsoleParts parts) {
        this.parts = parts;
    }

    JsonObject of(Round round, JsonObject nodes) throws Exception {
        List<JsonObject> repos = repos(round.perSecond());
        List<JsonObject> exports = exports(round.perSecond());
        JsonObject totals = new JsonObject();
        for (int i = 0; i < History.NODE.size(); i++) {
            totals.put(History.NODE.get(i), Math.round(round.node().get(i)));
        }
        JsonObject snapshot =
                new JsonObject()
                        .put("time_ms", round.timeMs())
                        .put("node", parts.node().get())
                        .put("totals", totals)
                        .put("repos", first(repos, "accepted_per_s", "disk_bytes"))
                        .put("exports", first(exports, "lag_records", "delivered_per_s"))
                        .put("nodes", nodes.getJsonArray("nodes", new JsonArray()))
                        .put(
                                "left_out",
                                Math.max(0, repos.size() - MAX_ROWS)
                                        + Math.max(0, exports.size() - MAX_ROWS));
        parts.cluster().get().ifPresent(node -> snapshot.put("cluster", cluster(node)));
        return snapshot;
    }

    private List<JsonObject> repos(Map<String, double[]> perSecond) {
        List<JsonObject> rows = new ArrayList<>();
        for (Stage stage : parts.stages().stages()) {
            String state = stage.state().name().toLowerCase(Locale.ROOT);
            boolean isOpen = stage.state() == StageState.ACTIVE;
            RepoRow row = new RepoRow(stage.repo(), state, isOpen ? stage.ring().stats() : null);
            JsonObject json = Reports.repo(row).put("staged_bytes", stage.stagedBytes());
            rates(json, true, perSecond.get(stage.repo().value() + "/"));
            rows.add(json);
        }
        return rows;
    }

    private List<JsonObject> exports(Map<String, double[]> perSecond) throws Exception {
        List<JsonObject> rows = new ArrayList<>();
        for (Object each : parts.exports().call().getJsonArray("exports")) {
            JsonObject json = (JsonObject) each;
            String key = json.getString("repo") + "/" + json.getString("export");
            rates(json, false, perSecond.get(key));
            rows.add(json);
        }
        return rows;
    }

    private static void rates(JsonObject json, boolean isRepo, double @Nullable [] moved) {
        List<String> names = isRepo ? Round.REPO : Round.EXPORT;
        for (int i = 0; i < names.size(); i++) {
            json.put(names.get(i), moved == null ? 0 : Math.round(moved[i]));
        }
    }

    /** Where there are too many, those with the largest values; by name either way. */
    private static JsonArray first(List<JsonObject> rows, String field, String orElse) {
        List<JsonObject> kept = rows;
        if (rows.size() > MAX_ROWS) {
            kept =
                    rows.stream()
                            .sorted(largest(field).thenComparing(largest(orElse)))
                            .limit(MAX_ROWS)
                            .toList();
        }
        Comparator<JsonObject> byName =
                Comparator.comparing(row -> row.getString("repo") + "/" + row.getString("export"));
        return new JsonArray(kept.stream().sorted(byName).toList());
    }

    private static Comparator<JsonObject> largest(String field) {
        return Comparator.comparing(row -> -row.getLong(field, 0L));
    }

    private JsonObject cluster(ClusterNode node) {
        NodeId self = new NodeId(parts.node().get().getString("node"));
        JsonObject tasks = ClusterReports.tasks(node.standing());
        JsonArray all = tasks.getJsonArray("tasks");
        return new JsonObject()
                .put("leader", ClusterReports.leader(self, node.standing()))
                .put("version", tasks.getString("version"))
                .put("tasks", new JsonArray(all.stream().limit(MAX_ROWS).toList()))
                .put("tasks_count", all.size());
    }
}
