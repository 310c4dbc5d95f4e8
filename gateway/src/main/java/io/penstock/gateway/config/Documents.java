package io.penstock.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML or JSON as maps, lists, texts, {@link Long}, {@link Double}, {@link Boolean} and null, and
 * back to what the binder reads. {@code ${...}} stays as it is.
 */
public final class Documents {
    /** Of what is written; text is not broken into lines. */
    private static final int MAX_LINE_CHARS = 1 << 20;

    private Documents() {}

    /**
     * A text that is one map; JSON is YAML, too.
     *
     * @param label what stands for the file in messages
     * @throws ConfigException when it is not, with the place
     */
    public static Map<String, Object> read(String label, String text) throws ConfigException {
        List<ConfigFault> faults = new ArrayList<>();
        Node node = new YamlFiles(faults).compose(label, text);
        if (node != null && !(node instanceof MappingNode)) {
            faults.add(new ConfigFault(label, "", "expected keys with values"));
        }
        if (node instanceof MappingNode mapping) {
            Map<String, Object> read = map(mapping, faults);
            if (faults.isEmpty()) {
                return read;
            }
        } else if (faults.isEmpty()) {
            faults.add(new ConfigFault(label, "", "there is nothing in it"));
        }
        throw new ConfigException(faults);
    }

    private static Map<String, Object> map(MappingNode mapping, List<ConfigFault> faults) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                faults.add(fault(tuple.getKeyNode(), "", "a key must be a plain word"));
            } else if (map.containsKey(key.getValue())) {
                faults.add(fault(key, key.getValue(), "defined twice"));
            } else {
                map.put(key.getValue(), value(tuple.getValueNode(), faults));
            }
        }
        return map;
    }

    private static ConfigFault fault(Node node, String path, String message) {
        return new ConfigFault(Place.of(node).toString(), path, message);
    }

    @SuppressWarnings("NullAway") // null stands for a null of the document
    private static Object value(Node node, List<ConfigFault> faults) {
        if (node instanceof MappingNode mapping) {
            return map(mapping, faults);
        } else if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(value(item, faults)));
            return list;
        }
        String text = ((ScalarNode) node).getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        } else if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        } else if (tag.equals(Tag.INT) && text.matches("[+-]?[0-9]{1,18}")) {
            return Long.valueOf(text);
        } else if (tag.equals(Tag.FLOAT) && text.matches("[-+0-9.eE]+")) {
            return Double.valueOf(text);
        }
        return text;
    }

    /** The same as YAML in blocks, one entry a line; nulls stay. */
    public static String write(Map<String, Object> document) {
        DumpSettings settings =
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setIndicatorIndent(2)
                        .setIndentWithIndicator(true)
                        .setWidth(MAX_LINE_CHARS)
                        .setSplitLines(false)
                        .build();
        return new Dump(settings).dumpToString(document);
    }

    /** The way back. */
    static Node node(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            List<NodeTuple> tuples = new ArrayList<>();
            map.forEach(
                    (key, child) -> tuples.add(new NodeTuple(scalar(Tag.STR, key), node(child))));
            return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
        } else if (value instanceof List<?> list) {
            return new SequenceNode(
                    Tag.SEQ, list.stream().map(Documents::node).toList(), FlowStyle.BLOCK);
        } else if (value == null) {
            return scalar(Tag.NULL, "");
        } else if (value instanceof Boolean) {
            return scalar(Tag.BOOL, value);
        } else if (value instanceof Double || value instanceof Float) {
            return scalar(Tag.FLOAT, value);
        }
        return scalar(value instanceof Number ? Tag.INT : Tag.STR, value);
    }

    private static Node scalar(Tag tag, Object value) {
        return new ScalarNode(tag, String.valueOf(value), ScalarStyle.PLAIN);
    }
}
