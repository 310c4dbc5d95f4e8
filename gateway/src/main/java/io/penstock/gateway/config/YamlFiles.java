package io.penstock.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a YAML file, or all of a directory merged in the order of their names: sections grow
 * together, lists follow one another, and a key that two files define is left standing twice for
 * the binder to complain about.
 */
final class YamlFiles {
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_FILES = 256;

    private final List<ConfigFault> faults;

    YamlFiles(List<ConfigFault> faults) {
        this.faults = faults;
    }

    /** The document, or null when there is none (an empty file) or a fault was noted. */
    @Nullable Node read(Path path) {
        if (!Files.isDirectory(path)) {
            return readFile(path);
        }
        Node merged = null;
        for (Path file : filesOf(path)) {
            Node next = readFile(file);
            merged = merged == null ? next : next == null ? merged : merge(merged, next);
        }
        return merged;
    }

    private List<Path> filesOf(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.filter(YamlFiles::isYaml).sorted().toList();
            if (files.isEmpty()) {
                fault(directory, "no *.yaml or *.yml file in this directory");
            } else if (files.size() > MAX_FILES) {
                fault(directory, files.size() + " files; at most " + MAX_FILES + " are read");
            } else {
                return files;
            }
        } catch (IOException unreadable) {
            fault(directory, "cannot read: " + Unreadable.reason(unreadable));
        }
        return List.of();
    }

    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
    }

    private @Nullable Node readFile(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                fault(file, "larger than the limit of 1 MiB");
                return null;
            }
            return compose(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            fault(file, "cannot read: " + Unreadable.reason(unreadable));
            return null;
        }
    }

    /** Nodes of a text; its place is told by {@code label}. */
    @Nullable Node compose(String label, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(label).build();
        try {
            Optional<Node> document = new Compose(settings).composeString(text);
            return document.orElse(null);
        } catch (MarkedYamlEngineException malformed) {
            String place =
                    malformed.getProblemMark().map(mark -> Place.of(mark).toString()).orElse(label);
            faults.add(new ConfigFault(place, "", "not YAML: " + malformed.getProblem()));
        } catch (YamlEngineException malformed) {
            faults.add(new ConfigFault(label, "", "not YAML: " + malformed.getMessage()));
        }
        return null;
    }

    private void fault(Path file, String message) {
        faults.add(new ConfigFault(file.toString(), "", message));
    }

    private static Node merge(Node first, Node second) {
        if (first instanceof MappingNode a && second instanceof MappingNode b) {
            List<NodeTuple> tuples = new ArrayList<>(a.getValue());
            b.getValue().forEach(tuple -> mergeInto(tuples, tuple));
            return new MappingNode(
                    a.getTag(), true, tuples, a.getFlowStyle(), a.getStartMark(), a.getEndMark());
        }
        SequenceNode a = (SequenceNode) first;
        List<Node> items = new ArrayList<>(a.getValue());
        items.addAll(((SequenceNode) second).getValue());
        return new SequenceNode(
                a.getTag(), true, items, a.getFlowStyle(), a.getStartMark(), a.getEndMark());
    }

    private static void mergeInto(List<NodeTuple> tuples, NodeTuple added) {
        for (int i = 0; i < tuples.size(); i++) {
            NodeTuple there = tuples.get(i);
            if (sameKey(there, added) && mergeable(there.getValueNode(), added.getValueNode())) {
                Node both = merge(there.getValueNode(), added.getValueNode());
                tuples.set(i, new NodeTuple(there.getKeyNode(), both));
                return;
            }
        }
        tuples.add(added);
    }

    private static boolean sameKey(NodeTuple a, NodeTuple b) {
        return a.getKeyNode() instanceof ScalarNode x
                && b.getKeyNode() instanceof ScalarNode y
                && x.getValue().equals(y.getValue());
    }

    private static boolean mergeable(Node a, Node b) {
        return (a instanceof MappingNode && b instanceof MappingNode)
                || (a instanceof SequenceNode && b instanceof SequenceNode);
    }
}
