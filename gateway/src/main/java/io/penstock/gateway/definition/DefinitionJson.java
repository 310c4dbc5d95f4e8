package io.penstock.gateway.definition;

import io.penstock.exporter.ring.Beginning;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A definition as JSON: {@code {"repo":..., "export":..., "paused":..., "beginning":...,
 * "entry":{...}}}.
 */
final class DefinitionJson {
    private DefinitionJson() {}

    static JsonObject json(ExportDefinition definition) {
        return new JsonObject()
                .put("repo", definition.key().repo().value())
                .put("export", definition.key().export())
                .put("paused", definition.paused())
                .put("beginning", definition.beginning().name().toLowerCase(Locale.ROOT))
                .put("entry", new JsonObject(definition.entry()));
    }

    /** Throws a runtime exception when it is none. */
    static ExportDefinition read(JsonObject json) {
        ExportKey key =
                new ExportKey(new RepoName(json.getString("repo")), json.getString("export"));
        return new ExportDefinition(
                key,
                plain(json.getJsonObject("entry")),
                Beginning.valueOf(json.getString("beginning").toUpperCase(Locale.ROOT)),
                json.getBoolean("paused"));
    }

    /** JSON's maps, lists and numbers as those that a request has. */
    private static Map<String, Object> plain(JsonObject json) {
        Map<String, Object> map = new LinkedHashMap<>();
        json.fieldNames().forEach(key -> map.put(key, plain(json.getValue(key))));
        return map;
    }

    @SuppressWarnings("NullAway") // null stands for a null of the document
    private static Object plain(Object value) {
        if (value instanceof JsonObject object) {
            return plain(object);
        } else if (value instanceof JsonArray array) {
            List<Object> list = new ArrayList<>();
            array.forEach(item -> list.add(plain(item)));
            return list;
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
