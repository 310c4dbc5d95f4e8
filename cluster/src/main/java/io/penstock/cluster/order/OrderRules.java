package io.penstock.cluster.order;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.group.Node;
import io.penstock.model.RepoName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which changes of orders are taken. What makes no sense is wrong; what makes sense and would leave
 * tasks without a node is harm, and is done when it is forced. Nodes, exports and tasks that are
 * not there (yet) may be named by force, too.
 *
 * <p>Threading: any thread; a pure function.
 */
public final class OrderRules {

    /** Most names of what there is in one refusal. */
    public static final int MAX_NAMED = 20;

    private static final Pattern GROUP_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");

    private final Wishes before;
    private final Wishes after;
    private final boolean isForced;
    private final Known known;

    /**
     * What there is.
     *
     * @param nodes nodes alive, with the groups of their configuration
     * @param exports exports, as {@code REPO/EXPORT}
     * @param tasks tasks, as {@code REPO/EXPORT#SHARE}
     */
    public record Known(Collection<Node> nodes, Set<String> exports, Set<String> tasks) {
        private Set<String> names() {
            return nodes.stream()
                    .map(node -> node.id().value())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * Why a change is not made.
     *
     * @param isHarm whether it can be forced; else it makes no sense
     * @param why for a person
     */
    public record Refusal(boolean isHarm, String why) {}

    private OrderRules(Wishes before, Wishes after, boolean isForced, Known known) {
        this.before = before;
        this.after = after;
        this.isForced = isForced;
        this.known = known;
    }

    /** Orders with changes; an empty value takes an entry away. */
    public static SortedMap<String, String> apply(
            SortedMap<String, String> before, Map<String, Optional<String>> changes) {
        SortedMap<String, String> after = new TreeMap<>(before);
        changes.forEach(
                (key, value) ->
                        value.ifPresentOrElse(v -> after.put(key, v), () -> after.remove(key)));
        return after;
    }

    /** Why a change is not made; empty if it is. */
    public static Optional<Refusal> judge(
            SortedMap<String, String> before,
            Map<String, Optional<String>> changes,
            boolean isForced,
            Known known) {
        SortedMap<String, String> after = apply(before, changes);
        OrderRules rules = new OrderRules(Wishes.of(before), Wishes.of(after), isForced, known);
        try {
            for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
                rules.judge(change.getKey(), change.getValue());
            }
        } catch (IllegalArgumentException wrong) {
            return Optional.of(new Refusal(false, String.valueOf(wrong.getMessage())));
        }
        String fault = Orders.fault(after);
        if (!fault.isEmpty()) {
            return Optional.of(new Refusal(false, fault));
        }
        return isForced ? Optional.empty() : rules.harm().map(why -> new Refusal(true, why));
    }

    /** Throws what is wrong. */
    private void judge(String key, Optional<String> value) {
        int at = key.indexOf('/');
        String kind = key.substring(0, at + 1);
        String about = key.substring(at + 1);
        switch (kind) {
            case OrderKey.DRAIN -> value.ifPresent(v -> require(about, known.names(), "node"));
            case OrderKey.PIN -> value.ifPresent(v -> pin(about, v));
            case OrderKey.EXCLUSIVE ->
                    value.ifPresent(v -> require(about, known.exports, "export"));
            case OrderKey.MEMBER -> value.ifPresent(v -> member(about, v));
            case OrderKey.GROUP -> value.ifPresent(v -> group(about, v));
            case OrderKey.EXPORT -> definition(about, value);
            default -> throw new IllegalArgumentException("there are no orders like " + key);
        }
    }

    /**
     * What is in it, is judged where it was asked for: only there is known what sinks there are.
     */
    private static void definition(String about, Optional<String> value) {
        int at = about.indexOf('/');
        String fault = RepoName.fault(about.substring(0, Math.max(0, at)));
        if (fault.isEmpty()) {
            fault = RepoName.fault(about.substring(at + 1)).replace("repo name", "export name");
        }
        if (fault.isEmpty() && value.filter(String::isBlank).isPresent()) {
            fault = "a definition is expected for export " + about;
        }
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault);
        }
    }

    private void pin(String about, String value) {
        boolean isTask = about.indexOf('#') >= 0;
        require(about, isTask ? known.tasks : known.exports, isTask ? "task" : "export");
        Wishes.nodes(value).forEach(node -> require(node.value(), known.names(), "node"));
    }

    private void member(String export, String group) {
        require(export, known.exports, "export");
        Set<String> there = new TreeSet<>(after.groups().keySet());
        there.add(Wishes.STANDARD_GROUP);
        known.nodes.forEach(node -> there.add(node.group()));
        require(group, there, "group");
    }

    private void group(String name, String value) {
        if (!GROUP_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a group's name is 1 to 64 characters out of A-Z a-z 0-9 - _ .");
        }
        GroupSettings settings = GroupSettings.parse(name, value);
        settings.nodes().forEach(node -> require(node.value(), known.names(), "node"));
        after.groups()
                .forEach(
                        (other, has) -> {
                            Set<NodeId> both = new TreeSet<>(has.nodes());
                            both.retainAll(settings.nodes());
                            if (!other.equals(name) && !both.isEmpty()) {
                                throw new IllegalArgumentException(
                                        "group " + other + " has " + both + " already");
                            }
                        });
    }

    private void require(String name, Set<String> there, String what) {
        if (isForced || there.contains(name)) {
            return;
        }
        List<String> some = there.stream().sorted().limit(MAX_NAMED).toList();
        String more =
                there.size() > MAX_NAMED ? " and " + (there.size() - MAX_NAMED) + " more" : "";
        throw new IllegalArgumentException(
                "there is no %s %s (for one that is yet to come: force); there is %s%s"
                        .formatted(
                                what,
                                name,
                                some.isEmpty() ? "none" : String.join(", ", some),
                                more));
    }

    /** Tasks that would have no node by this change. */
    private Optional<String> harm() {
        for (Map.Entry<String, Set<String>> each : exportsByGroup(after).entrySet()) {
            String group = each.getKey();
            boolean hadNode = takers(before, group) > 0;
            int had = exportsByGroup(before).getOrDefault(group, Set.of()).size();
            boolean isWorse = hadNode || each.getValue().size() > had;
            if (takers(after, group) == 0 && isWorse) {
                return Optional.of(
                        "no node of group %s would take tasks, and %d exports are in it (force)"
                                .formatted(group, each.getValue().size()));
            }
        }
        return drained().or(this::pinnedElsewhere);
    }

    private Optional<String> drained() {
        return known.nodes.stream()
                .map(after::node)
                .filter(node -> node.draining() && !before.drains(node.id()))
                .filter(node -> takers(after, node.group()) == 0)
                .map(
                        node ->
                                "%s is the last node of group %s that takes tasks (force)"
                                        .formatted(node.id(), node.group()))
                .findFirst();
    }

    private Optional<String> pinnedElsewhere() {
        for (String export : known.exports) {
            Set<NodeId> pins = after.pinsOf(export);
            String group = after.groupOf(export);
            boolean isNew =
                    !pins.equals(before.pinsOf(export)) || !group.equals(before.groupOf(export));
            Set<String> groups = groupsOf(pins);
            if (isNew && !groups.isEmpty() && !groups.contains(group)) {
                return Optional.of(
                        "%s is in group %s and would be pinned to nodes of %s: it would run nowhere (force)"
                                .formatted(export, group, groups));
            }
        }
        return Optional.empty();
    }

    private Set<String> groupsOf(Set<NodeId> ids) {
        return known.nodes.stream()
                .filter(node -> ids.contains(node.id()))
                .map(node -> after.node(node).group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Set<String>> exportsByGroup(Wishes wishes) {
        return known.exports.stream()
                .collect(Collectors.groupingBy(wishes::groupOf, TreeMap::new, Collectors.toSet()));
    }

    private long takers(Wishes wishes, String group) {
        return known.nodes.stream()
                .map(wishes::node)
                .filter(node -> node.group().equals(group) && !node.draining())
                .count();
    }
}
