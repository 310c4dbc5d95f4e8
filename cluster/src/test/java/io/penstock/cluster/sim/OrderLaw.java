package io.penstock.cluster.sim;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A confirmed order is in every later table, until a later order changes it. Orders are numbers
 * here that only grow, so "it, or a later one" is: no smaller number under its key.
 */
final class OrderLaw {

    /** What was confirmed: what stands under a key in tables from a version on. */
    private record Confirmed(Version from, int value) {}

    private final World world;
    private final Map<String, Confirmed> confirmed = new HashMap<>();
    private final TreeMap<Version, SortedMap<String, String>> tables = new TreeMap<>();
    private int last;
    int confirmations;

    /**
     * Whether a leader said that it goes on without the newest orders: nothing is promised then.
     */
    boolean isLost;

    OrderLaw(World world) {
        this.world = world;
    }

    /** Another order, newer than all before. */
    String next() {
        return Integer.toString(++last);
    }

    void made(AssignmentTable table) {
        if (tables.put(table.version(), table.orders().entries()) == null) {
            confirmed.forEach((key, order) -> judge(key, order, table.version()));
        }
    }

    void confirmed(String key, String value, Version from) {
        confirmations++;
        Confirmed order = new Confirmed(from, Integer.parseInt(value));
        Confirmed before = confirmed.get(key);
        if (before == null || order.value > before.value) {
            confirmed.put(key, order);
            tables.tailMap(from).keySet().forEach(version -> judge(key, order, version));
        }
    }

    private void judge(String key, Confirmed order, Version version) {
        SortedMap<String, String> entries = tables.getOrDefault(version, new TreeMap<>());
        boolean isLater = !order.from.supersedes(version);
        if (isLater && !isLost && Integer.parseInt(entries.getOrDefault(key, "0")) < order.value) {
            world.blame(
                    "orders",
                    key + "=" + order.value + " of " + order.from + " is not in " + version);
        }
    }
}
