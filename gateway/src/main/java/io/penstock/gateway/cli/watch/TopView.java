package io.penstock.gateway.cli.watch;

import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.Paint;
import io.penstock.gateway.terminal.Terminal;
import io.penstock.gateway.terminal.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What {@code top} shows of some nodes: a line each, their repos, their exports.
 *
 * <p>Threading: confined to one thread.
 */
final class TopView {
    /** Of a screen, for repos; exports have the rest. */
    private static final int REPO_SHARE = 3;

    private static final int LEAST_ROWS = 3;
    private static final double MS = 1e3;

    private final List<JsonObject> nodes;
    private final Order order;
    private final boolean coloured;
    private final List<String> lines = new ArrayList<>();
    private final int columns;

    /**
     * In which order exports are shown.
     *
     * @param by what
     * @param reversed the other way round
     * @param skipped exports above the first that is shown
     */
    record Order(SortKey by, boolean reversed, int skipped) {
        private Comparator<JsonObject> directed(Comparator<JsonObject> comparator) {
            return reversed ? comparator.reversed() : comparator;
        }

        private String words() {
            return by + (reversed ? ", reversed" : "");
        }
    }

    private TopView(List<JsonObject> nodes, Order order, int columns, boolean coloured) {
        this.nodes = nodes;
        this.order = order;
        this.columns = columns;
        this.coloured = coloured;
    }

    /**
     * The lines of a screen.
     *
     * @param nodes documents of {@link NodeWatch}
     * @param rows that there are, at the most
     */
    static List<String> screen(
            List<JsonObject> nodes, Order order, int columns, int rows, boolean coloured) {
        TopView view = new TopView(nodes, order, columns, coloured);
        StringBuilder help = new StringBuilder("q quit  j k scroll  sort (again: reversed):");
        for (SortKey key : SortKey.values()) {
            help.append(' ').append(key.key()).append(' ').append(key);
        }
        view.nodes();
        int left = rows - view.lines.size() - 2;
        view.repos(Math.max(LEAST_ROWS, left / REPO_SHARE) - 2);
        view.exports(Math.max(1, rows - view.lines.size() - 4), order.skipped());
        while (view.lines.size() < rows - 1) {
            view.lines.add("");
        }
        List<String> shown = new ArrayList<>(view.lines.subList(0, Math.max(0, rows - 1)));
        shown.add(Paint.DIM.on(view.cut(help.toString()), coloured));
        return shown;
    }

    /** Everything, once. */
    static List<String> all(List<JsonObject> nodes, Order order, int columns, boolean coloured) {
        TopView view = new TopView(nodes, order, columns, coloured);
        view.nodes();
        view.repos(Integer.MAX_VALUE);
        view.exports(Integer.MAX_VALUE, 0);
        return view.lines;
    }

    private void nodes() {
        TextTable table =
                new TextTable(
                        "NODE",
                        "STATE",
                        "IN/S",
                        "BYTES/S",
                        "OUT/S",
                        "REFUSED/S",
                        "LAG",
                        "OLDEST",
                        "CPU",
                        "HEAP",
                        "RSS",
                        "CONNS");
        List<Paint> paints = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (JsonObject node : nodes) {
            JsonObject snapshot = node.getJsonObject("snapshot");
            String fault = node.getString("fault");
            if (snapshot == null) {
                table.row(unknown(node.getString("admin"), fault == null ? "asked" : "silent"));
                paints.add(fault == null ? Paint.DIM : Paint.BAD);
            } else {
                table.row(known(snapshot, node.getJsonObject("process")));
                boolean runs = snapshot.getJsonObject("node").getString("state").equals("running");
                paints.add(runs ? Paint.PLAIN : Paint.WARN);
            }
            if (fault != null) {
                faults.add(node.getString("admin") + ": " + Terminal.plain(fault));
            }
        }
        table.ifRoom("OLDEST", "HEAP", "CPU", "CONNS", "BYTES/S", "RSS", "REFUSED/S");
        add(table, paints);
        faults.forEach(fault -> lines.add(Paint.BAD.on(cut(fault), coloured)));
    }

    private static String[] unknown(String address, String state) {
        return new String[] {address, state, "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"};
    }

    private static String[] known(JsonObject snapshot, JsonObject process) {
        JsonObject node = snapshot.getJsonObject("node");
        JsonObject totals = snapshot.getJsonObject("totals");
        return new String[] {
            node.getString("node"),
            node.getString("state"),
            count(totals, "accepted_per_s"),
            bytes(totals, "accepted_bytes_per_s"),
            count(totals, "delivered_per_s"),
            count(totals, "refused_per_s"),
            count(totals, "lag_records"),
            age(totals),
            cpu(snapshot.getJsonArray("nodes")),
            bytes(process, "heap_used_bytes"),
            bytes(process, "resident_bytes"),
            count(process, "connections")
        };
    }

    /** Of the process, of the machine. */
    private static String cpu(JsonArray nodes) {
        for (Object each : nodes) {
            JsonObject node = (JsonObject) each;
            if (node.getBoolean("self", false) && node.containsKey("process_cores")) {
                return String.format(
                        Locale.ROOT,
                        "%.1f of %.0f",
                        node.getDouble("process_cores"),
                        node.getJsonObject("capacity").getDouble("cpu"));
            }
        }
        return "-";
    }

    private void repos(int most) {
        TextTable table = table("REPO", "STATE", "IN/S", "BYTES/S", "STAGED", "ON DISK");
        List<JsonObject> repos = rows("repos", order.directed(order.by().repos()));
        List<Paint> paints = new ArrayList<>();
        for (JsonObject repo : first(repos, 0, most)) {
            row(
                    table,
                    repo,
                    repo.getString("repo"),
                    repo.getString("state", "-"),
                    count(repo, "accepted_per_s"),
                    bytes(repo, "staged_bytes_per_s"),
                    bytes(repo, "staged_bytes"),
                    bytes(repo, "disk_bytes"));
            paints.add(repo.getString("state", "-").equals("active") ? Paint.PLAIN : Paint.DIM);
        }
        lines.add("");
        table.ifRoom("ON DISK", "STAGED", "BYTES/S", "STATE");
        add(table, paints);
        more(repos.size() - paints.size(), "repos", "");
    }

    private void exports(int most, int skipped) {
        TextTable table =
                table(
                        "EXPORT",
                        "SINK",
                        "STATE",
                        "OUT/S",
                        "BYTES/S",
                        "LAG",
                        "LAG BYTES",
                        "OLDEST",
                        "AT ONCE",
                        "BATCH",
                        "LAST CHANGE");
        List<JsonObject> exports = rows("exports", order.directed(order.by().exports()));
        List<Paint> paints = new ArrayList<>();
        int from = Math.max(0, Math.min(skipped, exports.size() - most));
        for (JsonObject export : first(exports, from, most)) {
            JsonObject pressure = export.getJsonObject("pressure", new JsonObject());
            row(
                    table,
                    export,
                    export.getString("repo") + "/" + export.getString("export"),
                    export.getString("sink", "-"),
                    Standing.word(export),
                    count(export, "delivered_per_s"),
                    bytes(export, "delivered_bytes_per_s"),
                    count(export, "lag_records"),
                    bytes(export, "lag_bytes"),
                    age(export),
                    count(export, "in_flight") + "/" + count(pressure, "concurrency_limit"),
                    bytes(pressure, "batch_limit_bytes"),
                    Terminal.plain(pressure.getString("last_limit_change", "")));
            paints.add(Standing.of(export).paint());
        }
        lines.add("");
        table.ifRoom("OLDEST", "LAG BYTES", "AT ONCE", "BYTES/S", "LAST CHANGE", "SINK", "BATCH");
        add(table, paints);
        String where = from > 0 ? ", " + from + " of them above" : "";
        more(exports.size() - paints.size(), "exports", where + "; by " + order.words());
    }

    private void more(int left, String what, String where) {
        if (left > 0) {
            lines.add(Paint.DIM.on(cut("(" + left + " more " + what + where + ")"), coloured));
        }
    }

    /** Rows of all nodes, each knowing which. */
    private List<JsonObject> rows(String what, Comparator<JsonObject> by) {
        List<JsonObject> rows = new ArrayList<>();
        for (JsonObject node : nodes) {
            JsonObject snapshot = node.getJsonObject("snapshot");
            JsonArray all = snapshot == null ? new JsonArray() : snapshot.getJsonArray(what);
            for (Object each : all) {
                String name = snapshot.getJsonObject("node").getString("node");
                rows.add(((JsonObject) each).copy().put("at_node", name));
            }
        }
        rows.sort(by);
        return rows;
    }

    private static List<JsonObject> first(List<JsonObject> rows, int from, int most) {
        int end = most >= rows.size() - from ? rows.size() : from + Math.max(0, most);
        return rows.subList(from, end);
    }

    /** With a column that says which node, where there are several. */
    private TextTable table(String... heads) {
        List<String> all = new ArrayList<>(List.of(heads));
        if (nodes.size() > 1) {
            all.add(0, "NODE");
        }
        return new TextTable(all.toArray(String[]::new));
    }

    private void row(TextTable table, JsonObject row, String... cells) {
        List<String> all = new ArrayList<>();
        if (nodes.size() > 1) {
            all.add(row.getString("at_node"));
        }
        all.addAll(List.of(cells));
        table.row(all.toArray(String[]::new));
    }

    /** The head, then each row in its colour. */
    private void add(TextTable table, List<Paint> paints) {
        List<String> drawn = table.lines(columns);
        Function<Integer, Paint> paint =
                i -> i == 0 ? Paint.HEAD : i <= paints.size() ? paints.get(i - 1) : Paint.DIM;
        for (int i = 0; i < drawn.size(); i++) {
            lines.add(paint.apply(i).on(cut(drawn.get(i)), coloured));
        }
    }

    private String cut(String line) {
        return line.length() > columns ? line.substring(0, columns) : line;
    }

    private static String count(JsonObject row, String key) {
        return row.containsKey(key) ? Amounts.count(row.getLong(key)) : "-";
    }

    private static String bytes(JsonObject row, String key) {
        return row.containsKey(key) ? Amounts.bytes(row.getLong(key)) : "-";
    }

    private static String age(JsonObject row) {
        long ms = row.getLong("oldest_age_ms", 0L);
        return ms == 0 ? "-" : Amounts.seconds(ms / MS);
    }
}
