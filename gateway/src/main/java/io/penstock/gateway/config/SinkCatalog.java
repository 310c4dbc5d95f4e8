package io.penstock.gateway.config;

import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.model.Setting;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an export may be made of, for forms: every key of an export and of each sink type, with what
 * it does and its default, from the same records as {@code conf/gateway.yaml}.
 */
final class SinkCatalog {
    private SinkCatalog() {}

    /** {@code {"export": [key...], "sinks": [{"type":..., "keys": [key...]}]}}. */
    static Map<String, Object> of(SinkRegistry sinks) {
        List<Object> types = new ArrayList<>();
        for (String type : sinks.types()) {
            Class<?> settings = sinks.find(type).orElseThrow().configType();
            Map<String, Object> sink = new LinkedHashMap<>();
            sink.put("type", type);
            sink.put("keys", keys("", settings));
            types.add(sink);
        }
        Map<String, Object> catalog = new LinkedHashMap<>();
        catalog.put("export", keys("", ExportSpec.class));
        catalog.put("sinks", types);
        return catalog;
    }

    /** A section's keys are called with the section's, as {@code retry.first_ms}. */
    private static List<Object> keys(String prefix, Class<?> type) {
        List<Object> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + SettingKeys.of(component);
            if (SettingKeys.isSection(component)) {
                keys.addAll(keys(name + ".", component.getType()));
            } else if (component.getType() != SinkSpec.class) {
                keys.add(key(name, component));
            }
        }
        return keys;
    }

    private static Map<String, Object> key(String name, RecordComponent component) {
        Setting setting = SettingKeys.setting(component);
        boolean required = setting.value().equals(Setting.REQUIRED);
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("key", name);
        key.put("doc", setting.doc());
        key.put("required", required);
        key.put("default", required ? "" : setting.value());
        key.put("secret", setting.secret());
        key.put("kind", kind(component));
        Object[] words = component.getType().getEnumConstants();
        if (words != null) {
            key.put(
                    "words",
                    Arrays.stream(words)
                            .map(word -> ((Enum<?>) word).name().toLowerCase(Locale.ROOT))
                            .toList());
        }
        return key;
    }

    private static String kind(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return "word";
        } else if (type == boolean.class) {
            return "flag";
        } else if (type == List.class) {
            return "list";
        } else if (type == Map.class) {
            return "map";
        } else if (type == int.class || type == long.class || type == double.class) {
            return Scalars.Unit.ofComponent(component.getName()).name().toLowerCase(Locale.ROOT);
        }
        return "text";
    }
}
