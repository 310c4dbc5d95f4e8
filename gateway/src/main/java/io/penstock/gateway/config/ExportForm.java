package io.penstock.gateway.config;

import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.model.RepoName;
import io.penstock.model.Setting;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Exports as maps with the keys of the configuration. Keys at their default are left out. The
 * values of secrets ({@link Setting#secret}, and keys of a sink that are called so) are masked.
 *
 * <p>Threading: any thread.
 */
public final class ExportForm {
    /** Stands for a secret; sent back, it means the secret that is there. */
    public static final String MASK = "********";

    /** Names of secrets, for sinks that do not mark them. */
    private static final Pattern SECRET =
            Pattern.compile("(?:.*[_.-])?(?:password|secret|token|secret_key|api_key)");

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private final SinkRegistry sinks;

    ExportForm(SinkRegistry sinks) {
        this.sinks = sinks;
    }

    /** The export with its secrets masked. */
    public Map<String, Object> masked(ExportSpec spec) {
        return record(spec, true);
    }

    /**
     * Keys whose values differ, such as {@code batch.max_records}, sorted; secrets are named like
     * any other.
     */
    public List<String> differences(ExportSpec before, ExportSpec after) {
        Map<String, Object> old = new LinkedHashMap<>();
        flatten("", record(before, false), old);
        Map<String, Object> fresh = new LinkedHashMap<>();
        flatten("", record(after, false), fresh);
        TreeSet<String> different = new TreeSet<>(old.keySet());
        different.addAll(fresh.keySet());
        different.removeIf(
                key ->
                        old.containsKey(key)
                                && fresh.containsKey(key)
                                && old.get(key).equals(fresh.get(key)));
        return List.copyOf(different);
    }

    private static void flatten(String path, Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach(
                    (key, child) ->
                            flatten(path.isEmpty() ? "" + key : path + "." + key, child, into));
        } else {
            into.put(path, value);
        }
    }

    /**
     * An item with every {@link #MASK} of its sink replaced by what stands at the same place of the
     * item before. Lists are not looked into: what is secret in one, such as the key of a
     * transform, must be sent again, since items may have changed places.
     *
     * @param before the item as it was sent, or null when there is none
     * @throws ConfigException naming the keys for which there is nothing to put in
     */
    public Map<String, Object> unmasked(Map<String, Object> entry, @Nullable Map<?, ?> before)
            throws ConfigException {
        List<ConfigFault> faults = new ArrayList<>();
        Map<String, Object> whole = new LinkedHashMap<>();
        entry.forEach(
                (key, value) -> {
                    Object old = key.equals("sink") && before != null ? before.get(key) : null;
                    whole.put(key, unmasked(key, value, sameType(value, old) ? old : null, faults));
                });
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        return whole;
    }

    /** What a sink of one type keeps secret is not for one of another. */
    private static boolean sameType(Object sink, @Nullable Object before) {
        return sink instanceof Map<?, ?> now
                && before instanceof Map<?, ?> then
                && String.valueOf(now.get("type")).equals(String.valueOf(then.get("type")));
    }

    private static Object unmasked(
            String path, Object value, @Nullable Object before, List<ConfigFault> faults) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> whole = new LinkedHashMap<>();
            map.forEach(
                    (key, child) -> {
                        Object old = before instanceof Map<?, ?> then ? then.get(key) : null;
                        whole.put("" + key, unmasked(path + "." + key, child, old, faults));
                    });
            return whole;
        } else if (value instanceof List<?> list) {
            List<Object> whole = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                whole.add(unmasked(path + "[" + i + "]", list.get(i), null, faults));
            }
            return whole;
        } else if (!MASK.equals(value)) {
            return value;
        } else if (before == null || before instanceof Map || before instanceof List) {
            faults.add(
                    new ConfigFault(
                            "request",
                            path,
                            "masked, and nothing is kept for it; send the secret"));
            return value;
        }
        return before;
    }

    private Map<String, Object> record(Record values, boolean mask) {
        // the binder makes what components are when nobody states them
        RecordBinder binder =
                new RecordBinder(sinks, new Substitution(n -> null), new ArrayList<>());
        Map<String, Object> keys = new LinkedHashMap<>();
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            Object value = valueOf(component, values);
            if (value.equals(binder.assumed(component))) {
                continue;
            }
            Setting setting = SettingKeys.setting(component);
            keys.put(
                    SettingKeys.of(component),
                    mask && setting.secret() ? hidden(value) : form(value, mask));
        }
        return keys;
    }

    private static Object valueOf(RecordComponent component, Record values) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot read " + component, impossible);
        }
    }

    private Object form(Object value, boolean mask) {
        if (value instanceof SinkSpec sink) {
            return sink(sink, mask);
        } else if (value instanceof RepoName || value instanceof Path) {
            return value.toString();
        } else if (value instanceof Record section) {
            return record(section, mask);
        } else if (value instanceof Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof List<?> list) {
            return list.stream().map(item -> form(item, mask)).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> forms = new LinkedHashMap<>();
            map.forEach((key, child) -> forms.put("" + key, form(child, mask)));
            return forms;
        }
        return value;
    }

    /** As it was written, since its {@code ${...}} are replaced only where it is bound. */
    private Map<String, Object> sink(SinkSpec sink, boolean mask) {
        Class<?> config = sinks.find(sink.type()).map(SinkFactory::configType).orElse(null);
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("type", sink.type());
        keys.putAll(settings(sink.settings(), config, mask));
        return keys;
    }

    private static Map<String, Object> settings(
            Map<?, ?> written, @Nullable Class<?> type, boolean mask) {
        Map<String, Object> keys = new LinkedHashMap<>();
        Map<String, Object> sorted = new TreeMap<>();
        written.forEach((key, value) -> sorted.put("" + key, value));
        for (Map.Entry<String, Object> each : sorted.entrySet()) {
            String key = each.getKey();
            Object value = each.getValue();
            RecordComponent component = component(type, key);
            boolean secret =
                    SECRET.matcher(key).matches()
                            || (component != null && SettingKeys.setting(component).secret());
            if (mask && secret) {
                keys.put(key, hidden(value));
            } else if (value instanceof Map<?, ?> section) {
                keys.put(
                        key,
                        settings(section, component == null ? null : component.getType(), mask));
            } else {
                keys.put(key, typed(value, component));
            }
        }
        return keys;
    }

    private static @Nullable RecordComponent component(@Nullable Class<?> type, String key) {
        RecordComponent[] components = type == null ? null : type.getRecordComponents();
        for (int i = 0; components != null && i < components.length; i++) {
            if (SettingKeys.of(components[i]).equals(key)) {
                return components[i];
            }
        }
        return null;
    }

    /** Settings are kept as texts; a number and a flag are told as such. */
    private static Object typed(Object value, @Nullable RecordComponent component) {
        if (component == null || !(value instanceof String text)) {
            return value;
        }
        Class<?> type = component.getType();
        if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        boolean whole = type == int.class || type == long.class;
        return whole && WHOLE.matcher(text).matches() ? Long.valueOf(text) : value;
    }

    private static Object hidden(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> keys = new LinkedHashMap<>();
            map.keySet().forEach(key -> keys.put(key.toString(), MASK));
            return keys;
        }
        return "".equals(value) ? value : MASK;
    }
}
