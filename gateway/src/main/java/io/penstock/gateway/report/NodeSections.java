package io.penstock.gateway.report;

import io.penstock.cluster.history.Decision;
import io.penstock.gateway.report.Page.Line;
import io.penstock.gateway.report.Page.Plot;
import io.penstock.gateway.report.Page.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sections that come from the cluster and from capacity. */
final class NodeSections {
    private static final int MOST_MOVES = 50;
    private static final int MOST_DECISIONS = 1_000;

    private NodeSections() {}

    static Section moves(ReportParts parts, Period period, ZoneId zone) {
        List<Decision> found =
                parts.cluster()
                        .get()
                        .map(
                                node ->
                                        node.decisions(
                                                MOST_DECISIONS,
                                                d ->
                                                        d.timeMs() >= period.fromMs()
                                                                && d.timeMs() < period.toMs()))
                        .orElse(List.of());
        List<List<String>> rows = new ArrayList<>();
        for (Decision decision : found.subList(0, Math.min(MOST_MOVES, found.size()))) {
            rows.add(
                    List.of(
                            Words.time(decision.timeMs(), zone),
                            decision.task().toString(),
                            Optional.ofNullable(decision.from()).map(Object::toString).orElse("-"),
                            Optional.ofNullable(decision.to()).map(Object::toString).orElse("-"),
                            decision.why()));
        }
        String note =
                parts.cluster().get().isEmpty()
                        ? "This node is alone: nothing moves."
                        : found.size()
                                + " tasks were moved by this node while it led; other leaders tell of theirs.";
        return new Section(
                "Moves of tasks",
                note,
                List.of(),
                List.of("time", "task", "from", "to", "why"),
                rows);
    }

    static Section nodes(JsonObject all) {
        List<List<String>> rows = new ArrayList<>();
        for (Object each : all.getJsonArray("nodes", new JsonArray())) {
            JsonObject node = (JsonObject) each;
            rows.add(
                    List.of(
                            node.getString("node"),
                            node.containsKey("heartbeat") ? "heard" : "NOT HEARD",
                            node.getString("cpu", "-"),
                            Words.bytes(node.getDouble("resident_bytes", 0.0)),
                            Words.bytes(node.getDouble("free_disk_bytes", 0.0)),
                            Words.count(node.getDouble("lag_records", 0.0))));
        }
        return new Section(
                "Nodes, as they are now",
                "By their last heartbeats. Each node makes a report of its own.",
                List.of(),
                List.of("node", "state", "CPU", "memory", "disk free", "lag"),
                rows);
    }

    static Section capacity(JsonObject capacity) {
        List<List<String>> rows = new ArrayList<>();
        for (Object each : capacity.getJsonArray("levels")) {
            JsonObject level = (JsonObject) each;
            rows.add(
                    List.of(
                            level.getString("resource"),
                            Words.percent(level.getDouble("ratio")),
                            Words.percent(level.getDouble("peak_ratio")),
                            level.getString("says")));
        }
        JsonObject unit = capacity.getJsonObject("unit");
        JsonObject forecast = capacity.getJsonObject("forecast");
        JsonObject signal = capacity.getJsonObject("signal");
        StringBuilder note = new StringBuilder();
        JsonObject records = unit.getJsonObject("records");
        if (records != null) {
            note.append("One core carries ")
                    .append(Words.count(records.getDouble("per_core_s")))
                    .append(" records/s here (")
                    .append(Words.count(records.getDouble("per_core_s_low")))
                    .append(" to ")
                    .append(Words.count(records.getDouble("per_core_s_high")))
                    .append("); ");
        }
        note.append(unit.getString("says"))
                .append(". Forecast: ")
                .append(forecast.getString("says"))
                .append(". Nodes wanted: ")
                .append(signal.getInteger("wanted_nodes"))
                .append(" of ")
                .append(signal.getInteger("nodes"))
                .append('.');
        return new Section(
                "Capacity",
                note.toString(),
                forecast.getBoolean("known") ? List.of(plot(forecast)) : List.of(),
                List.of("resource", "now", "peak of 24 h", "of what"),
                rows);
    }

    private static Plot plot(JsonObject forecast) {
        JsonObject past = forecast.getJsonObject("past");
        JsonObject future = forecast.getJsonObject("future");
        List<Double> used = percents(past.getJsonArray("used"));
        List<Double> none = used.stream().map(value -> Double.NaN).toList();
        return new Plot(
                "Forecast of "
                        + forecast.getString("resource")
                        + ": busiest 5 minutes of each hour",
                "%",
                past.getLong("start_ms"),
                past.getLong("step_ms"),
                List.of(
                        new Line("measured", used),
                        new Line("expected", joined(none, future.getJsonArray("mean"))),
                        new Line("above with 2.5 %", joined(none, future.getJsonArray("high"))),
                        new Line("below with 2.5 %", joined(none, future.getJsonArray("low")))));
    }

    private static List<Double> percents(JsonArray values) {
        List<Double> all = new ArrayList<>();
        for (Object value : values) {
            all.add(value == null ? Double.NaN : ((Number) value).doubleValue() * 100);
        }
        return all;
    }

    private static List<Double> joined(List<Double> before, JsonArray values) {
        List<Double> all = new ArrayList<>(before);
        all.addAll(percents(values));
        return all;
    }
}
