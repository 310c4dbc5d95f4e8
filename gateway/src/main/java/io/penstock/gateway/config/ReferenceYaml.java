package io.penstock.gateway.config;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.model.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/**
 * Writes the annotated reference: every key with its reason and default, the keys of every sink as
 * examples. {@code conf/gateway.yaml} is this text.
 */
public final class ReferenceYaml {
    private static final int WIDTH = 100;

    private final SinkRegistry sinks;
    private final StringBuilder text = new StringBuilder();

    /** A writer that shows these sinks. */
    public ReferenceYaml(SinkRegistry sinks) {
        this.sinks = sinks;
    }

    /** The whole reference, as a configuration that loads and equals the defaults. */
    public String write() {
        text.append(
                """
                # Every key of Penstock, with its default and the reason for it. A file of your own
                # needs only what differs. Unknown keys are errors; `penstock validate` names them.
                #
                # Sizes: 64KiB, 16MiB, 1GiB, or bytes. Durations: 250ms, 2s, 5m, 1h, or milliseconds.
                # ${NAME} and ${NAME:-default} are replaced from the environment, ${file:/path} by the
                # content of a file (for secrets); $${ stands for itself. Instead of one file, --config
                # may name a directory: its *.yaml are merged in the order of their names.
                """);
        for (RecordComponent component : GatewayConfig.class.getRecordComponents()) {
            text.append('\n');
            if (component.getType() == List.class) {
                list(component);
            } else if (component.getType() == Map.class) {
                map(component);
            } else {
                section(component, "");
            }
        }
        return text.toString();
    }

    private void section(RecordComponent section, String indent) {
        comment(indent, SettingKeys.setting(section).doc());
        text.append(indent).append(SettingKeys.of(section)).append(":\n");
        for (RecordComponent component : section.getType().getRecordComponents()) {
            keyOf(component, indent + "  ");
        }
    }

    private void keyOf(RecordComponent component, String indent) {
        Setting setting = SettingKeys.setting(component);
        if (SettingKeys.isSection(component)) {
            section(component, indent);
            return;
        }
        comment(indent, setting.doc());
        Class<?> item = SettingKeys.itemOf(component);
        if (item != null) {
            items(component, item, indent);
            return;
        }
        boolean required = setting.value().equals(Setting.REQUIRED);
        text.append(indent).append(SettingKeys.of(component)).append(": ");
        text.append(required ? "(required)" : setting.value()).append('\n');
    }

    /** A list that is empty by default: the keys of an item are shown as comments. */
    private void items(RecordComponent component, Class<?> item, String indent) {
        text.append(indent).append(SettingKeys.of(component)).append(": []\n");
        int start = text.length();
        text.append(indent).append("- # one item, and its keys\n");
        for (RecordComponent key : item.getRecordComponents()) {
            keyOf(key, indent + "  ");
        }
        commentOut(start, indent);
    }

    /** No item is there by default, so all of it is an example, commented out. */
    private void list(RecordComponent component) {
        comment("", SettingKeys.setting(component).doc());
        String name = SettingKeys.of(component);
        text.append(name).append(": []\n");
        Class<?> item = argument(component, 0);
        int start = text.length();
        text.append("- # one ").append(name, 0, name.length() - 1).append(", with every key\n");
        for (RecordComponent key : item.getRecordComponents()) {
            if (key.getType() == SinkSpec.class) {
                comment("  ", SettingKeys.setting(key).doc() + " One of the following.");
                sinks.types().forEach(this::sink);
            } else {
                keyOf(key, "  ");
            }
        }
        commentOut(start, "");
    }

    /** Likewise, under a name. */
    private void map(RecordComponent component) {
        comment("", SettingKeys.setting(component).doc());
        text.append(SettingKeys.of(component)).append(": {}\n");
        int start = text.length();
        text.append("  name: # one of them, with every key\n");
        for (RecordComponent key : argument(component, 1).getRecordComponents()) {
            keyOf(key, "    ");
        }
        commentOut(start, "");
    }

    private static Class<?> argument(RecordComponent component, int number) {
        ParameterizedType generic = (ParameterizedType) component.getGenericType();
        return (Class<?>) generic.getActualTypeArguments()[number];
    }

    /** Makes comments, at some indentation, of the lines from {@code start} on. */
    private void commentOut(int start, String indent) {
        String example = text.substring(start);
        text.setLength(start);
        example.lines()
                .forEach(
                        line ->
                                text.append(indent)
                                        .append("# ")
                                        .append(line.substring(indent.length()))
                                        .append('\n'));
    }

    private void sink(String type) {
        text.append("  sink:\n    type: ").append(type).append('\n');
        Class<? extends Record> settings = sinks.find(type).orElseThrow().configType();
        for (RecordComponent key : settings.getRecordComponents()) {
            keyOf(key, "    ");
        }
    }

    private void comment(String indent, String doc) {
        StringBuilder line = new StringBuilder(indent).append('#');
        for (String word : doc.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(indent).append('#');
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }
}
