package io.penstock.gateway.config;

import io.penstock.exporter.fanout.SinkSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The settings of a sink as they were written: maps, lists and texts, with {@code ${...}} still in
 * them, so that no secret is kept where it might be printed.
 */
final class RawSettings {
    private RawSettings() {}

    /** The keys beside {@code type}. */
    static SinkSpec sink(String type, MappingNode node) {
        Map<String, Object> settings = map(node);
        settings.remove("type");
        return new SinkSpec(type, settings);
    }

    private static Map<String, Object> map(MappingNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            map.put(((ScalarNode) tuple.getKeyNode()).getValue(), raw(tuple.getValueNode()));
        }
        return map;
    }

    private static Object raw(Node node) {
        if (node instanceof MappingNode mapping) {
            return map(mapping);
        } else if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(RawSettings::raw).toList();
        } else if (node.getTag().equals(Tag.NULL)) {
            return Map.of();
        }
        return ((ScalarNode) node).getValue();
    }

    /** The way back. */
    static Node node(Object raw) {
        if (raw instanceof Map<?, ?> map) {
            List<NodeTuple> tuples = new ArrayList<>();
            map.forEach((key, value) -> tuples.add(new NodeTuple(node(key), node(value))));
            return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
        } else if (raw instanceof List<?> list) {
            List<Node> items = new ArrayList<>();
            list.forEach(item -> items.add(node(item)));
            return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
        }
        return new ScalarNode(Tag.STR, raw.toString(), ScalarStyle.PLAIN);
    }
}
