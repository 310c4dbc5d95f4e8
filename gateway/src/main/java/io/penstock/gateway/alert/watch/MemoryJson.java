package io.penstock.gateway.alert.watch;

import io.penstock.gateway.alert.Alert;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Event;
import io.penstock.gateway.alert.Memory;
import io.penstock.gateway.alert.Reading;
import io.penstock.gateway.alert.Silence;
import io.penstock.gateway.alert.State;
import io.penstock.gateway.alert.Subject;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A board's memory as JSON, for its file alone. Alerts of conditions that this version does not
 * know are left out.
 */
final class MemoryJson {
    private static final int FORMAT = 1;

    private MemoryJson() {}

    static JsonObject write(Memory memory) {
        JsonArray told = new JsonArray();
        for (Memory.Told each : memory.told()) {
            told.add(
                    new JsonObject()
                            .put("group", each.group())
                            .put("last_ms", each.lastMs())
                            .put("resolved", all(each.resolved(), MemoryJson::alert)));
        }
        return new JsonObject()
                .put("format", FORMAT)
                .put("firing", all(memory.firing(), MemoryJson::alert))
                .put("silences", all(memory.silences(), MemoryJson::silence))
                .put("last_silence", memory.lastSilence())
                .put("told", told)
                .put("history", all(memory.history(), MemoryJson::event));
    }

    private static <T> JsonArray all(List<T> items, Function<T, JsonObject> form) {
        JsonArray array = new JsonArray();
        items.forEach(each -> array.add(form.apply(each)));
        return array;
    }

    private static JsonObject alert(Alert alert) {
        Reading reading = alert.reading();
        return new JsonObject()
                .put("id", alert.id())
                .put("condition", reading.condition().name())
                .put("repo", reading.subject().repo())
                .put("name", reading.subject().name())
                .put("value", reading.value())
                .put("why", reading.why())
                .put("target", reading.target())
                .put("since_ms", alert.sinceMs())
                .put("clear_since_ms", alert.clearSinceMs())
                .put("told", alert.told());
    }

    private static JsonObject silence(Silence silence) {
        return new JsonObject()
                .put("id", silence.id())
                .put("condition", silence.condition())
                .put("repo", silence.repo())
                .put("name", silence.name())
                .put("until_ms", silence.untilMs())
                .put("reason", silence.reason());
    }

    private static JsonObject event(Event event) {
        return new JsonObject()
                .put("time_ms", event.timeMs())
                .put("what", event.what())
                .put("alert", event.alert());
    }

    /**
     * The way back.
     *
     * @throws RuntimeException of some kind when it is not what was written
     */
    static Memory read(JsonObject json) {
        if (json.getInteger("format") != FORMAT) {
            throw new IllegalArgumentException("format " + json.getInteger("format"));
        }
        List<Memory.Told> told = new ArrayList<>();
        for (JsonObject each : objects(json.getJsonArray("told"))) {
            told.add(
                    new Memory.Told(
                            each.getString("group"),
                            each.getLong("last_ms"),
                            alerts(each.getJsonArray("resolved"), State.RESOLVED)));
        }
        return new Memory(
                alerts(json.getJsonArray("firing"), State.FIRING),
                objects(json.getJsonArray("silences")).stream().map(MemoryJson::silence).toList(),
                json.getLong("last_silence"),
                told,
                objects(json.getJsonArray("history")).stream().map(MemoryJson::event).toList());
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(each -> (JsonObject) each).toList();
    }

    private static List<Alert> alerts(JsonArray array, State state) {
        List<Alert> alerts = new ArrayList<>();
        for (JsonObject each : objects(array)) {
            for (Condition condition : Condition.values()) {
                if (condition.name().equals(each.getString("condition"))) {
                    alerts.add(alert(each, condition, state));
                }
            }
        }
        return alerts;
    }

    private static Alert alert(JsonObject json, Condition condition, State state) {
        Reading reading =
                new Reading(
                        condition,
                        new Subject(json.getString("repo"), json.getString("name")),
                        json.getDouble("value"),
                        json.getString("why"),
                        json.getString("target"));
        return new Alert(
                json.getString("id"),
                reading,
                condition.usualRule(), // the board puts the rule of today in its place
                state,
                json.getLong("since_ms"),
                json.getLong("clear_since_ms"),
                json.getBoolean("told"));
    }

    private static Silence silence(JsonObject json) {
        return new Silence(
                json.getLong("id"),
                json.getString("condition"),
                json.getString("repo"),
                json.getString("name"),
                json.getLong("until_ms"),
                json.getString("reason"));
    }

    private static Event event(JsonObject json) {
        return new Event(
                json.getLong("time_ms"), json.getString("what"), json.getJsonObject("alert"));
    }
}
