package io.penstock.gateway.config;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.model.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes docs/reference/configuration.md: every key with its type, default and reason, a table for
 * each section and each type of sink. Of the same records as {@link ReferenceYaml}.
 */
public final class ConfigurationPage {
    private static final String HEAD =
            """
            # Configuration

            Every key, written by the records that read them (`ReferencePagesTest`; do not edit this page). [conf/gateway.yaml](../../conf/gateway.yaml) is
            the same as a file to start from: a file of your own needs only what differs. Unknown keys are errors, and `penstock validate` names them.

            | type | is written |
            |---|---|
            | size | `64KiB`, `16MiB`, `1GiB`, or a number of bytes |
            | duration | `250ms`, `2s`, `5m`, `1h`, `7d`, or a number of milliseconds |
            | one of words | one of them, as it stands |
            | list of something | `[a, b]`, or a line of `- a` each |
            | map of something | `{name: a, other: b}` |

            `${NAME}` and `${NAME:-default}` are replaced from the environment, `${file:/path}` by the content of a file; `$${` stands for itself. Where `--config`
            names a directory, its `*.yaml` are merged in the order of their names. **required** has no default; a value marked *secret* is told by no answer.
            """;

    private final SinkRegistry sinks;
    private final StringBuilder text = new StringBuilder();

    /** A page that shows these sinks. */
    public ConfigurationPage(SinkRegistry sinks) {
        this.sinks = sinks;
    }

    /** The whole page. */
    public String write() {
        text.append(HEAD);
        contents();
        for (RecordComponent section : GatewayConfig.class.getRecordComponents()) {
            String key = SettingKeys.of(section);
            text.append("\n## ").append(key).append("\n\n");
            text.append(escaped(SettingKeys.setting(section).doc())).append('\n');
            table(key + mark(section), recordOf(section));
        }
        text.append("\n## Sinks\n\nKeys under `exports[].sink`, beside `type`.\n");
        sinks.types().forEach(this::sink);
        return text.toString();
    }

    private void contents() {
        text.append("\nSections: ");
        text.append(
                Arrays.stream(GatewayConfig.class.getRecordComponents())
                        .map(SettingKeys::of)
                        .map(key -> "[" + key + "](#" + key + ")")
                        .collect(Collectors.joining(", ")));
        text.append(". Sinks: ");
        text.append(
                sinks.types().stream()
                        .map(type -> "[" + type + "](#sink-" + type + ")")
                        .collect(Collectors.joining(", ")));
        text.append(".\n");
    }

    private void sink(String type) {
        text.append("\n### Sink ").append(type).append('\n');
        Class<?> settings = sinks.find(type).orElseThrow().configType();
        if (settings.getRecordComponents().length == 0) {
            text.append("\nNo keys.\n");
            return;
        }
        table("", settings);
    }

    private void table(String path, Class<?> keys) {
        text.append("\n| key | type | default | |\n|---|---|---|---|\n");
        String prefix = path.isEmpty() ? "" : path + ".";
        for (RecordComponent key : keys.getRecordComponents()) {
            row(prefix, key);
        }
    }

    private void row(String prefix, RecordComponent key) {
        String name = prefix + SettingKeys.of(key);
        Setting setting = SettingKeys.setting(key);
        if (key.getType() == SinkSpec.class) {
            line(name, "section", "**required**", setting.doc() + " See [Sinks](#sinks).");
            return;
        }
        Class<?> inner = innerOf(key);
        if (inner == null) {
            String doc = setting.secret() ? setting.doc() + " *secret*" : setting.doc();
            line(name, typeOf(key.getGenericType(), key.getName()), valueOf(setting), doc);
            return;
        }
        line(name, SettingKeys.isSection(key) ? "section" : "list", "", setting.doc());
        for (RecordComponent each : inner.getRecordComponents()) {
            row(name + mark(key) + ".", each);
        }
    }

    private void line(String name, String type, String value, String doc) {
        text.append("| `").append(name).append("` | ").append(type).append(" | ");
        text.append(value).append(" | ").append(escaped(doc)).append(" |\n");
    }

    private static @Nullable Class<?> innerOf(RecordComponent key) {
        return SettingKeys.isSection(key) ? key.getType() : SettingKeys.itemOf(key);
    }

    /** The record of a section, of an item of a list, or of a value of a map. */
    private static Class<?> recordOf(RecordComponent section) {
        if (!(section.getGenericType() instanceof ParameterizedType generic)) {
            return section.getType();
        }
        Type[] arguments = generic.getActualTypeArguments();
        return (Class<?>) arguments[arguments.length - 1];
    }

    /** What stands behind a name for each of its items. */
    private static String mark(RecordComponent component) {
        if (component.getType() == List.class) {
            return "[]";
        }
        return component.getType() == Map.class ? ".NAME" : "";
    }

    private static String valueOf(Setting setting) {
        if (setting.value().equals(Setting.REQUIRED)) {
            return "**required**";
        }
        return setting.value().isEmpty() ? "" : "`" + setting.value().replace("|", "\\|") + "`";
    }

    private static String typeOf(Type type, String component) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            String of = typeOf(arguments[arguments.length - 1], component);
            return (generic.getRawType() == Map.class ? "map of " : "list of ") + of;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(word -> "`" + String.valueOf(word).toLowerCase(Locale.ROOT) + "`")
                    .collect(Collectors.joining(", "));
        }
        return plainType(plain, component);
    }

    private static String plainType(Class<?> type, String component) {
        if (type == boolean.class || type == Boolean.class) {
            return "`true`, `false`";
        } else if (type == double.class || type == Double.class) {
            return "number";
        } else if (type == Path.class) {
            return "path";
        } else if (!type.isPrimitive() && type != Integer.class && type != Long.class) {
            return type.isRecord() && type.getRecordComponents().length > 1 ? "section" : "text";
        }
        return switch (Scalars.Unit.ofComponent(component)) {
            case BYTES -> "size";
            case MILLIS -> "duration";
            case PLAIN -> "whole number";
        };
    }

    private static String escaped(String doc) {
        return doc.replace("|", "\\|").replace("<", "&lt;").replace("*.", "\\*.");
    }
}
