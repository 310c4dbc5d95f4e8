package io.penstock.gateway.config;

import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.gateway.config.GatewayConfig.ExportTemplate;
import io.penstock.gateway.config.Scalars.Unit;
import io.penstock.model.RepoName;
import io.penstock.model.Setting;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Makes configuration records out of YAML nodes, by reflection over the records' components. Notes
 * every fault it meets and goes on; what could not be made is null.
 *
 * <p>Threading: confined to one thread.
 */
final class RecordBinder {
    /** {@code key: what is wrong}, or {@code section.key must be so and so}. */
    private static final Pattern RULE = Pattern.compile("(?:[a-z0-9_]+\\.)*([a-z0-9_]+):? (.*)");

    private final SinkRegistry sinks;
    private final Substitution substitution;
    private final List<ConfigFault> faults;
    private final YamlFiles yaml;

    RecordBinder(SinkRegistry sinks, Substitution substitution, List<ConfigFault> faults) {
        this.sinks = sinks;
        this.substitution = substitution;
        this.faults = faults;
        this.yaml = new YamlFiles(faults);
    }

    /** Where a value belongs, for messages, and how its number reads. */
    private record Slot(String path, Unit unit) {
        static final Slot ROOT = new Slot("", Unit.PLAIN);

        Slot key(String key, Unit unitOfKey) {
            return new Slot(path.isEmpty() ? key : path + "." + key, unitOfKey);
        }

        Slot item(int index) {
            return new Slot(path + "[" + index + "]", unit);
        }
    }

    <R extends Record> @Nullable R bindRoot(Class<R> type, @Nullable Node document, String label) {
        Node node = document == null ? yaml.compose(label, "{}") : document;
        return node == null ? null : type.cast(record(type, Slot.ROOT, node));
    }

    /** What a component is when nobody states it; null for one that must be stated. */
    @Nullable Object assumed(RecordComponent component) {
        Node nothing = yaml.compose("defaults", "{}");
        return nothing == null || SettingKeys.setting(component).value().equals(Setting.REQUIRED)
                ? null
                : component(component, Slot.ROOT, nothing, Map.of());
    }

    private @Nullable Object value(Type type, Slot slot, Node node) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? list(arguments[0], slot, node)
                    : map(arguments[1], slot, node);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == SinkSpec.class) {
            return sink(slot, node);
        } else if (plain == ExportTemplate.class) {
            Preset anyRepo = new Preset(Set.of(), Map.of("repo", ExportTemplate.ANY_REPO));
            Object spec = record(ExportSpec.class, slot, node, anyRepo);
            return spec == null ? null : new ExportTemplate((ExportSpec) spec);
        } else if (plain.isRecord() && plain != RepoName.class) {
            return record(plain, slot, node);
        }
        return plain == Object.class ? constant(slot, node) : scalar(plain, slot, node);
    }

    /** A value of the type that it has in YAML: quotes make a text of it. */
    private @Nullable Object constant(Slot slot, Node node) {
        Tag tag = node.getTag();
        if (tag.equals(Tag.INT)) {
            return scalar(Long.class, slot, node);
        } else if (tag.equals(Tag.FLOAT)) {
            return scalar(Double.class, slot, node);
        }
        return scalar(tag.equals(Tag.BOOL) ? Boolean.class : String.class, slot, node);
    }

    /** Keys that are somebody else's, and values that are not for the user to state. */
    private record Preset(Set<String> foreign, Map<String, Object> values) {
        static final Preset NONE = new Preset(Set.of(), Map.of());
    }

    private @Nullable Object record(Class<?> type, Slot slot, Node node) {
        return record(type, slot, node, Preset.NONE);
    }

    private @Nullable Object record(Class<?> type, Slot slot, Node node, Preset preset) {
        Map<String, NodeTuple> children = children(node, slot);
        if (children == null) {
            return null;
        }
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = new ArrayList<>(SettingKeys.ofRecord(type));
        known.removeAll(preset.values().keySet());
        refuseUnknown(known, slot, children, preset.foreign());
        @Nullable Object[] values = new @Nullable Object[components.length];
        boolean whole = true;
        for (int i = 0; i < components.length; i++) {
            Object given = preset.values().get(SettingKeys.of(components[i]));
            values[i] = given == null ? component(components[i], slot, node, children) : given;
            whole &= values[i] != null;
        }
        return whole ? construct(type, values, slot, node, children) : null;
    }

    private @Nullable Object component(
            RecordComponent component, Slot slot, Node parent, Map<String, NodeTuple> children) {
        String key = SettingKeys.of(component);
        Slot inner = slot.key(key, Unit.ofComponent(component.getName()));
        NodeTuple given = children.get(key);
        if (given != null) {
            return value(component.getGenericType(), inner, given.getValueNode());
        }
        Setting setting = SettingKeys.setting(component);
        if (!setting.value().equals(Setting.REQUIRED)) {
            Node assumed = yaml.compose("default of " + inner.path(), setting.value());
            return assumed == null ? null : value(component.getGenericType(), inner, assumed);
        }
        if (SettingKeys.isSection(component)) {
            return record(component.getType(), inner, emptyAt(parent));
        }
        fault(parent, inner, "missing; this key has no default. " + setting.doc());
        return null;
    }

    private static Node emptyAt(Node parent) {
        return new MappingNode(
                Tag.MAP,
                true,
                new ArrayList<>(),
                FlowStyle.BLOCK,
                parent.getStartMark(),
                parent.getEndMark());
    }

    private void refuseUnknown(
            List<String> known, Slot slot, Map<String, NodeTuple> children, Set<String> foreign) {
        children.forEach(
                (key, tuple) -> {
                    if (known.contains(key) || foreign.contains(key)) {
                        return;
                    }
                    String meant =
                            NearestKey.of(key, known)
                                    .map(word -> "; did you mean '" + word + "'?")
                                    .orElse("; known here: " + String.join(", ", known));
                    fault(tuple.getKeyNode(), slot.key(key, Unit.PLAIN), "unknown key" + meant);
                });
    }

    private @Nullable Object construct(
            Class<?> type,
            @Nullable Object[] values,
            Slot slot,
            Node node,
            Map<String, NodeTuple> children) {
        Class<?>[] parameters =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getCause();
            if (!(cause instanceof IllegalArgumentException)) {
                throw new IllegalStateException(type + " must refuse by argument", refused);
            }
            refusal(String.valueOf(cause.getMessage()), slot, node, children);
            return null;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot make a " + type, impossible);
        }
    }

    /** Rules over a single value start their message with its key: the fault points there. */
    private void refusal(String message, Slot slot, Node node, Map<String, NodeTuple> children) {
        Matcher rule = RULE.matcher(message);
        NodeTuple meant = rule.matches() ? children.get(rule.group(1)) : null;
        if (meant == null) {
            fault(node, slot, message);
        } else {
            fault(meant.getValueNode(), slot.key(rule.group(1), Unit.PLAIN), rule.group(2));
        }
    }

    private @Nullable Object sink(Slot slot, Node node) {
        Map<String, NodeTuple> children = children(node, slot);
        if (children == null) {
            return null;
        }
        NodeTuple typeTuple = children.get("type");
        if (typeTuple == null) {
            fault(node, slot.key("type", Unit.PLAIN), "missing; one of " + names());
            return null;
        }
        Node typeNode = typeTuple.getValueNode();
        Slot typeSlot = slot.key("type", Unit.PLAIN);
        Object type = scalar(String.class, typeSlot, typeNode);
        if (type == null) {
            return null;
        }
        SinkFactory<?> factory = sinks.find(type.toString()).orElse(null);
        if (factory == null) {
            String meant =
                    NearestKey.of(type.toString(), sinks.types())
                            .map(word -> "; did you mean '" + word + "'?")
                            .orElse(".");
            fault(typeNode, typeSlot, "unknown sink '" + type + "'" + meant + " Known: " + names());
            return null;
        }
        Preset besideType = new Preset(Set.of("type"), Map.of());
        Object checked = record(factory.configType(), slot, node, besideType);
        return checked == null ? null : RawSettings.sink(type.toString(), (MappingNode) node);
    }

    private String names() {
        return String.join(", ", sinks.types());
    }

    private @Nullable Object list(Type item, Slot slot, Node node) {
        if (isNothing(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            fault(node, slot, "expected a list, found " + kind(node));
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            Object bound = value(item, slot.item(i), sequence.getValue().get(i));
            if (bound != null) {
                values.add(bound);
            }
        }
        return values.size() == sequence.getValue().size() ? List.copyOf(values) : null;
    }

    private @Nullable Object map(Type item, Slot slot, Node node) {
        Map<String, NodeTuple> children = children(node, slot);
        if (children == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        children.forEach(
                (key, child) -> {
                    Object bound = value(item, slot.key(key, Unit.PLAIN), child.getValueNode());
                    if (bound != null) {
                        values.put(key, bound);
                    }
                });
        return values.size() == children.size() ? values : null;
    }

    /** Children by key in the order of the file, or null when {@code node} has none to have. */
    private @Nullable Map<String, NodeTuple> children(Node node, Slot slot) {
        if (isNothing(node)) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            fault(node, slot, "expected keys with values, found " + kind(node));
            return null;
        }
        Map<String, NodeTuple> children = new LinkedHashMap<>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                fault(tuple.getKeyNode(), slot, "a key must be a plain word");
                continue;
            }
            NodeTuple before = children.putIfAbsent(key.getValue(), tuple);
            if (before != null) {
                Slot twice = slot.key(key.getValue(), Unit.PLAIN);
                fault(key, twice, "defined twice; first at " + Place.of(before.getKeyNode()));
            }
        }
        return children;
    }

    private @Nullable Object scalar(Class<?> type, Slot slot, Node node) {
        if (!(node instanceof ScalarNode scalar) || isNothing(node)) {
            fault(
                    node,
                    slot,
                    "expected " + Scalars.expected(type, slot.unit()) + ", found " + kind(node));
            return null;
        }
        String written = scalar.getValue();
        String value = written;
        try {
            value = substitution.apply(written);
            return Scalars.convert(type, slot.unit(), value);
        } catch (IllegalArgumentException wrong) {
            // what was put in may be a secret, and a fault is told to whoever asked
            String message = String.valueOf(wrong.getMessage());
            fault(node, slot, message.replace("'" + value + "'", "'" + written + "'"));
            return null;
        }
    }

    private static String kind(Node node) {
        if (isNothing(node)) {
            return "nothing";
        } else if (node instanceof ScalarNode scalar) {
            return "'" + scalar.getValue() + "'";
        }
        return node instanceof SequenceNode ? "a list" : "keys with values";
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private void fault(Node node, Slot slot, String message) {
        faults.add(new ConfigFault(Place.of(node).toString(), slot.path(), message));
    }
}
