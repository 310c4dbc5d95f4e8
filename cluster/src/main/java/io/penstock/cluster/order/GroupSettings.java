package io.penstock.cluster.order;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.group.Smoothing;
import io.penstock.cluster.group.Weights;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A scheduling group as people order it. As text: lines of {@code key=value}, the keys those of
 * {@link #KEYS}; what is not there has its default.
 *
 * <p>Threading: immutable.
 *
 * @param group how it is planned
 * @param nodes nodes that are in it, by name
 * @param labels nodes with all of these are in it, unless another group names them; none if empty
 */
public record GroupSettings(
        SchedulingGroup group, SortedSet<NodeId> nodes, SortedSet<String> labels) {

    /** All keys; {@code nodes} and {@code labels} are lists, the others numbers. */
    public static final List<String> KEYS =
            List.of(
                    "weights.cpu",
                    "weights.memory",
                    "weights.network",
                    "weights.disk",
                    "weights.spread",
                    "headroom",
                    "tolerance",
                    "move_cost",
                    "interval_ms",
                    "lead_ms",
                    "smoothing.rise_ms",
                    "smoothing.fall_ms",
                    "nodes",
                    "labels");

    private static final long MOST_MS = 7 * 24 * 3_600_000L;

    /** Keeps copies. */
    public GroupSettings {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
    }

    /** A group that nobody ordered anything for. */
    public static GroupSettings named(String name) {
        return new GroupSettings(
                SchedulingGroup.named(name),
                Collections.emptySortedSet(),
                Collections.emptySortedSet());
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException in one sentence, when it says what no group can be
     */
    public static GroupSettings parse(String name, String text) {
        Map<String, String> values = new TreeMap<>();
        for (String line : text.lines().toList()) {
            int at = line.indexOf('=');
            String key = at < 0 ? line : line.substring(0, at);
            if (!KEYS.contains(key) || at < 0) {
                throw new IllegalArgumentException(
                        "group " + name + ": '" + key + "' is none of " + String.join(", ", KEYS));
            }
            values.put(key, line.substring(at + 1));
        }
        SchedulingGroup standard = SchedulingGroup.named(name);
        Weights weights = standard.weights();
        Smoothing smoothing = standard.smoothing();
        return new GroupSettings(
                new SchedulingGroup(
                        name,
                        new Weights(
                                number(values, "weights.cpu", weights.cpu()),
                                number(values, "weights.memory", weights.memory()),
                                number(values, "weights.network", weights.network()),
                                number(values, "weights.disk", weights.disk()),
                                number(values, "weights.spread", weights.spread())),
                        number(values, "headroom", standard.headroom()),
                        number(values, "tolerance", standard.tolerance()),
                        number(values, "move_cost", standard.moveCost()),
                        Math.max(1_000, millis(values, "interval_ms", standard.intervalMs())),
                        millis(values, "lead_ms", standard.leadMs()),
                        new Smoothing(
                                millis(values, "smoothing.rise_ms", smoothing.riseHalfLifeMs()),
                                millis(values, "smoothing.fall_ms", smoothing.fallHalfLifeMs()))),
                list(values, "nodes").stream()
                        .map(NodeId::new)
                        .collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(list(values, "labels")));
    }

    private static double number(Map<String, String> values, String key, double standard) {
        String value = values.get(key);
        try {
            return value == null ? standard : Double.parseDouble(value);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(key + ": '" + value + "' is no number", notOne);
        }
    }

    private static long millis(Map<String, String> values, String key, long standard) {
        double value = number(values, key, (double) standard);
        if (!(value >= 0 && value <= MOST_MS)) {
            throw new IllegalArgumentException(
                    key + ": " + values.get(key) + " is not in 0.." + MOST_MS);
        }
        return (long) value;
    }

    private static List<String> list(Map<String, String> values, String key) {
        return Arrays.stream(values.getOrDefault(key, "").split(",", -1))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** All settings by their keys, in order; lists as names with commas. */
    public Map<String, String> inWords() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("weights.cpu", Double.toString(group.weights().cpu()));
        words.put("weights.memory", Double.toString(group.weights().memory()));
        words.put("weights.network", Double.toString(group.weights().network()));
        words.put("weights.disk", Double.toString(group.weights().disk()));
        words.put("weights.spread", Double.toString(group.weights().spread()));
        words.put("headroom", Double.toString(group.headroom()));
        words.put("tolerance", Double.toString(group.tolerance()));
        words.put("move_cost", Double.toString(group.moveCost()));
        words.put("interval_ms", Long.toString(group.intervalMs()));
        words.put("lead_ms", Long.toString(group.leadMs()));
        words.put("smoothing.rise_ms", Long.toString(group.smoothing().riseHalfLifeMs()));
        words.put("smoothing.fall_ms", Long.toString(group.smoothing().fallHalfLifeMs()));
        words.put("nodes", nodes.stream().map(NodeId::value).collect(Collectors.joining(",")));
        words.put("labels", String.join(",", labels));
        return words;
    }

    /** Whether its labels, if it has any, are all on a node. */
    boolean hasLabelsOf(Node node) {
        return !labels.isEmpty() && node.labels().containsAll(labels);
    }
}
