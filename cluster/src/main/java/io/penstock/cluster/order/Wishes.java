package io.penstock.cluster.order;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.model.RepoName;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What orders mean. What cannot be read, or is of a kind that is not known here, means nothing: a
 * newer version may have written it.
 *
 * <p>Threading: immutable.
 */
public final class Wishes {

    /** The group of whatever is in no other. */
    public static final String STANDARD_GROUP = "default";

    /** Nobody wants anything. */
    public static final Wishes NONE = new Wishes(Collections.emptySortedMap());

    private final SortedMap<String, String> entries;
    private final SortedMap<String, GroupSettings> groups = new TreeMap<>();
    private final Map<String, Set<NodeId>> pins = new TreeMap<>();
    private final SortedSet<String> unread = new TreeSet<>();

    private Wishes(SortedMap<String, String> entries) {
        this.entries = entries;
        entries.forEach(
                (key, value) -> {
                    try {
                        OrderKey.about(OrderKey.GROUP, key)
                                .ifPresent(n -> groups.put(n, GroupSettings.parse(n, value)));
                        OrderKey.about(OrderKey.PIN, key).ifPresent(n -> pins.put(n, nodes(value)));
                    } catch (IllegalArgumentException foreign) {
                        unread.add(key);
                    }
                });
    }

    /** Of a map that nobody changes. */
    public static Wishes of(SortedMap<String, String> entries) {
        return entries.isEmpty() ? NONE : new Wishes(entries);
    }

    /**
     * Names with commas between them.
     *
     * @throws IllegalArgumentException when one is none
     */
    static Set<NodeId> nodes(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(NodeId::new)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The map itself. */
    public SortedMap<String, String> entries() {
        return entries;
    }

    /** Keys whose values this version cannot read. */
    public SortedSet<String> unread() {
        return Collections.unmodifiableSortedSet(unread);
    }

    /** Whether a node is to get rid of its tasks. */
    public boolean drains(NodeId node) {
        return entries.containsKey(OrderKey.drain(node));
    }

    /** Where an export's tasks must run; empty: anywhere. */
    public Set<NodeId> pins(RepoName repo, String export) {
        return pins.getOrDefault(OrderKey.export(repo, export), Set.of());
    }

    Set<NodeId> pinsOf(String export) {
        return pins.getOrDefault(export, Set.of());
    }

    /** Where a task must run, by its own pin or else its export's; empty: anywhere. */
    public Set<NodeId> pins(TaskKey task) {
        return pins.getOrDefault(task.toString(), pins(task.repo(), task.export()));
    }

    /** Whether an export's tasks must be alone. */
    public boolean isExclusive(RepoName repo, String export) {
        return entries.containsKey(OrderKey.exclusive(repo, export));
    }

    /** The group of an export. */
    public String groupOf(RepoName repo, String export) {
        return groupOf(OrderKey.export(repo, export));
    }

    String groupOf(String export) {
        return entries.getOrDefault(OrderKey.MEMBER + export, STANDARD_GROUP);
    }

    /** Exports that are in a group by order, as {@code REPO/EXPORT}. */
    public Collection<String> exportsOf(String group) {
        return entries.tailMap(OrderKey.MEMBER).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(OrderKey.MEMBER))
                .filter(entry -> entry.getValue().equals(group))
                .map(entry -> entry.getKey().substring(OrderKey.MEMBER.length()))
                .toList();
    }

    /** Groups that somebody ordered, by name. */
    public SortedMap<String, GroupSettings> groups() {
        return Collections.unmodifiableSortedMap(groups);
    }

    /** A group; with the defaults, if nobody ordered it. */
    public GroupSettings group(String name) {
        GroupSettings ordered = groups.get(name);
        return ordered == null ? GroupSettings.named(name) : ordered;
    }

    /**
     * A node as it is ordered to be: in the group that names it, else in the first that wants its
     * labels, else in its own; and draining or not.
     */
    public Node node(Node own) {
        String group = own.group();
        for (GroupSettings each : groups.values()) {
            if (each.nodes().contains(own.id())) {
                group = each.group().name();
                break;
            }
            if (group.equals(own.group()) && each.hasLabelsOf(own)) {
                group = each.group().name();
            }
        }
        return new Node(
                own.id(), group, own.capacity(), own.draining() || drains(own.id()), own.labels());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wishes wishes && entries.equals(wishes.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
