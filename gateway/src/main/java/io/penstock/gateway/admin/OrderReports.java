package io.penstock.gateway.admin;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.message.Message.OrderAnswer;
import io.penstock.cluster.order.GroupSettings;
import io.penstock.cluster.order.OrderKey;
import io.penstock.cluster.order.Wishes;
import io.penstock.cluster.task.Units;
import io.penstock.gateway.config.ExportForm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What people want of a cluster, as JSON. */
public final class OrderReports {
    private static final Units NOTHING = new Units(0, 0, 0, 0);

    private OrderReports() {}

    /** {@code {"version":..., "orders":[{"key":..., "value":...}]}}. */
    public static JsonObject orders(Orders orders) {
        JsonArray all = new JsonArray();
        orders.entries()
                .forEach(
                        (key, value) ->
                                all.add(
                                        new JsonObject()
                                                .put("key", key)
                                                .put("value", shown(key, value))));
        return new JsonObject().put("version", words(orders.since())).put("orders", all);
    }

    /** Definitions of exports hold secrets; they are shown as exports. */
    private static String shown(String key, String value) {
        return OrderKey.defined(key).isPresent() ? ExportForm.MASK : value;
    }

    /** {@code {"version":..., "groups":[...]}}: those that are ordered, and those of nodes. */
    public static JsonObject groups(AssignmentTable table, Collection<Member> members) {
        Wishes wishes = Wishes.of(table.orders().entries());
        Set<String> names = new TreeSet<>(wishes.groups().keySet());
        names.add(Wishes.STANDARD_GROUP);
        members.forEach(member -> names.add(wishes.node(member.node(false)).group()));
        JsonArray all = new JsonArray();
        for (String name : names) {
            JsonArray there = new JsonArray();
            members.stream()
                    .filter(member -> wishes.node(member.node(false)).group().equals(name))
                    .forEach(member -> there.add(member.id().value()));
            all.add(
                    group(wishes.group(name))
                            .put("ordered", wishes.groups().containsKey(name))
                            .put("nodes_alive", there)
                            .put("exports", new JsonArray(List.copyOf(wishes.exportsOf(name)))));
        }
        return new JsonObject().put("version", words(table.orders().since())).put("groups", all);
    }

    private static JsonObject group(GroupSettings settings) {
        JsonObject json = new JsonObject().put("group", settings.group().name());
        for (Map.Entry<String, String> setting : settings.inWords().entrySet()) {
            String key = setting.getKey();
            int dot = key.indexOf('.');
            Object value = value(key, setting.getValue());
            if (dot < 0) {
                json.put(key, value);
            } else {
                String section = key.substring(0, dot);
                JsonObject inner = json.getJsonObject(section, new JsonObject());
                json.put(section, inner.put(key.substring(dot + 1), value));
            }
        }
        return json;
    }

    private static Object value(String key, String words) {
        if (!key.equals("nodes") && !key.equals("labels")) {
            return key.endsWith("_ms") ? (Object) Long.valueOf(words) : Double.valueOf(words);
        }
        return words.isEmpty() ? new JsonArray() : new JsonArray(List.of(words.split(",", -1)));
    }

    /** Adds to the report of nodes what is ordered for each, and how many tasks it has. */
    public static JsonObject ontoNodes(JsonObject nodes, AssignmentTable table) {
        Wishes wishes = Wishes.of(table.orders().entries());
        for (Object each : nodes.getJsonArray("nodes")) {
            JsonObject json = (JsonObject) each;
            NodeId id = new NodeId(json.getString("node"));
            long tasks =
                    table.rows().values().stream().filter(row -> row.node().equals(id)).count();
            boolean drains = wishes.drains(id);
            Set<String> labels =
                    json.getJsonArray("labels").stream()
                            .map(String::valueOf)
                            .collect(Collectors.toSet());
            Node own = new Node(id, json.getString("group"), NOTHING, false, labels);
            json.put("group", wishes.node(own).group())
                    .put("tasks", tasks)
                    .put("draining", drains)
                    .put("state", drains ? (tasks == 0 ? "drained" : "draining") : "");
        }
        return nodes;
    }

    /** Adds to a row of the report of tasks what is ordered for it. */
    static JsonObject ontoTask(JsonObject json, Wishes wishes, TaskKey task, Row row) {
        List<String> pins = wishes.pins(task).stream().map(NodeId::value).sorted().toList();
        String ordered = pins.isEmpty() ? "" : "pinned to " + String.join(", ", pins);
        if (wishes.drains(row.node())) {
            ordered += (ordered.isEmpty() ? "" : "; ") + row.node() + " drains";
        }
        return json.put("group", wishes.groupOf(task.repo(), task.export()))
                .put("pins", new JsonArray(pins))
                .put("exclusive", wishes.isExclusive(task.repo(), task.export()))
                .put("ordered", ordered);
    }

    /** What became of an order, as an answer of the admin port. */
    public static Answer answer(OrderAnswer answer) {
        return switch (answer.verdict()) {
            case DONE -> Answer.ok(new JsonObject().put("version", words(answer.version())));
            case WRONG -> Answer.error(422, answer.why());
            case CONFLICT -> Answer.error(409, answer.why());
            case NOT_NOW -> Answer.error(503, answer.why());
        };
    }

    private static String words(Version version) {
        return version.epoch() + "." + version.sequence();
    }
}
