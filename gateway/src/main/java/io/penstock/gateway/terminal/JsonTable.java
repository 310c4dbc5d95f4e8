package io.penstock.gateway.terminal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of documents as a table; the same documents are shown as JSON elsewhere.
 *
 * <p>Threading: confined to one thread.
 */
public final class JsonTable {
    private final List<JsonObject> rows;
    private final List<String> heads = new ArrayList<>();
    private final List<Function<JsonObject, String>> cells = new ArrayList<>();
    private final List<String> spare = new ArrayList<>();

    private JsonTable(List<JsonObject> rows) {
        this.rows = rows;
    }

    /** A table of these objects. */
    public static JsonTable of(JsonArray objects) {
        return new JsonTable(objects.stream().map(JsonObject.class::cast).toList());
    }

    private JsonTable column(String head, Function<JsonObject, String> cell) {
        heads.add(head);
        cells.add(cell);
        return this;
    }

    /** A column of words. */
    public JsonTable text(String head, String key) {
        return column(head, row -> words(row.getValue(key)));
    }

    private static String words(@Nullable Object value) {
        return value == null ? "-" : Terminal.plain(String.valueOf(value));
    }

    /** A column of numbers; a dash where there is none. */
    public JsonTable count(String head, String key) {
        return column(head, row -> row.containsKey(key) ? Amounts.count(row.getLong(key)) : "-");
    }

    /** A column of sizes; a dash where there is none. */
    public JsonTable bytes(String head, String key) {
        return column(head, row -> row.containsKey(key) ? Amounts.bytes(row.getLong(key)) : "-");
    }

    /** The column before is left out where there is no room for all. */
    public JsonTable ifRoom() {
        spare.add(heads.get(heads.size() - 1));
        return this;
    }

    /** Writes it, or says that there is nothing. */
    public void print(PrintWriter out) {
        if (rows.isEmpty()) {
            out.println("(none)");
            return;
        }
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (JsonObject row : rows) {
            table.row(cells.stream().map(cell -> cell.apply(row)).toArray(String[]::new));
        }
        table.ifRoom(spare.toArray(String[]::new)).print(out);
    }
}
