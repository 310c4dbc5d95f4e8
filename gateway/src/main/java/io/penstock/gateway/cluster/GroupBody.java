package io.penstock.gateway.cluster;

import io.penstock.cluster.order.GroupSettings;
import io.penstock.cluster.order.OrderKey;
import io.penstock.gateway.config.NearestKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The body of a request that orders a scheduling group. Threading: any thread. */
final class GroupBody {
    private static final String EXPORTS = "exports";

    private GroupBody() {}

    /**
     * The settings as text; checked.
     *
     * @throws IllegalArgumentException in one sentence, when they are none
     */
    static String settings(String name, JsonObject body) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Object> each : body) {
            String key = each.getKey();
            if (each.getValue() instanceof JsonObject section) {
                for (Map.Entry<String, Object> inner : section) {
                    lines.add(line(key + "." + inner.getKey(), inner.getValue()));
                }
            } else if (!key.equals(EXPORTS)) {
                lines.add(
                        key.equals("nodes") || key.equals("labels")
                                ? key + "=" + names(body, key)
                                : line(key, each.getValue()));
            }
        }
        String text = String.join("\n", lines);
        GroupSettings.parse(name, text);
        return text;
    }

    private static String line(String key, Object value) {
        if (!GroupSettings.KEYS.contains(key)) {
            List<String> known = new ArrayList<>(GroupSettings.KEYS);
            known.add(EXPORTS);
            throw new IllegalArgumentException(
                    "unknown key "
                            + key
                            + NearestKey.of(key, known)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("; there are " + String.join(", ", known)));
        }
        if (!(value instanceof Number)) {
            throw new IllegalArgumentException(key + ": " + value + " is no number");
        }
        return key + "=" + value;
    }

    /** Names of a list, with commas between them. */
    static String names(JsonObject body, String key) {
        return list(body, key).stream().collect(Collectors.joining(","));
    }

    /** The keys under which the exports of the body become members of a group. */
    static List<String> exports(JsonObject body) {
        return list(body, EXPORTS).stream().map(OrderKey::member).toList();
    }

    private static List<String> list(JsonObject body, String key) {
        if (!(body.getValue(key) instanceof JsonArray names)) {
            throw new IllegalArgumentException(key + ": a list of names is needed");
        }
        List<String> all = new ArrayList<>();
        for (Object name : names) {
            if (!(name instanceof String text) || text.isEmpty() || text.matches(".*[,\n=].*")) {
                throw new IllegalArgumentException(key + ": " + name + " is no name");
            }
            all.add(text);
        }
        return all;
    }
}
