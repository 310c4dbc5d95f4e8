package io.penstock.gateway.cli.watch;

import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that {@code top} listens to: one, or all that it and the others know.
 *
 * <p>Threading: confined to one thread.
 */
final class Watches implements AutoCloseable {
    /** Beyond these no more are listened to. */
    static final int MAX_NODES = 64;

    private static final long POLL_MS = 20;

    private final AdminClient client;
    private final boolean isCluster;
    private final NodeWatch first;

    /** By node id; not the first. */
    private final Map<String, NodeWatch> others = new TreeMap<>();

    Watches(AdminClient client, boolean isCluster) {
        this.client = client;
        this.isCluster = isCluster;
        this.first = new NodeWatch(client);
    }

    /** Waits until the first node was heard; what is in the way ends the verb. */
    void awaitFirst(long waitMs) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        while (first.newest() == null) {
            CommandFailure fault = first.fault();
            if (fault != null) {
                throw fault;
            }
            if (System.nanoTime() > endNs) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE,
                        first.address() + " says nothing for " + waitMs / 1000 + " s");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** Waits until all nodes told everything, or told why not; no longer than this. */
    void awaitAll(long waitMs) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        while (System.nanoTime() < endNs) {
            refresh();
            if (all().stream().allMatch(Watches::isWhole)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private static boolean isWhole(NodeWatch watch) {
        JsonObject newest = watch.newest();
        return watch.fault() != null || (newest != null && !newest.getJsonArray("nodes").isEmpty());
    }

    /** Listens to nodes that came, and no more to those that went. */
    void refresh() {
        JsonObject told = isCluster ? told() : null;
        if (told == null) {
            return;
        }
        String own = told.getString("from");
        Set<String> there = new HashSet<>();
        for (Object each : told.getJsonArray("nodes")) {
            JsonObject node = (JsonObject) each;
            String id = node.getString("node");
            String admin = node.getString("admin", "");
            if (!id.equals(own) && !admin.isEmpty()) {
                there.add(id);
                listen(id, reachable(admin, node.getString("cluster_address", "")));
            }
        }
        others.entrySet().removeIf(other -> !there.contains(other.getKey()) && closed(other));
    }

    private void listen(String id, String address) {
        NodeWatch known = others.get(id);
        if (known != null && !known.address().equals(address)) {
            known.close();
            others.remove(id);
        }
        if (others.size() < MAX_NODES - 1 && !others.containsKey(id)) {
            others.put(id, new NodeWatch(client.at(address)));
        }
    }

    private static boolean closed(Map.Entry<String, NodeWatch> other) {
        other.getValue().close();
        return true;
    }

    /** The nodes by whom is heard: the first, or another one. */
    private @Nullable JsonObject told() {
        JsonObject self = first.newest();
        String own = self == null ? "" : self.getJsonObject("node").getString("node");
        for (NodeWatch watch : all()) {
            JsonObject newest = watch.newest();
            JsonArray nodes = newest == null ? new JsonArray() : newest.getJsonArray("nodes");
            if (watch.fault() == null && !nodes.isEmpty()) {
                return new JsonObject().put("from", own).put("nodes", nodes);
            }
        }
        return null;
    }

    /** A node that listens everywhere says 0.0.0.0: its host is the one of its cluster port. */
    static String reachable(String admin, String cluster) {
        int port = admin.lastIndexOf(':');
        int end = cluster.lastIndexOf(':');
        boolean everywhere = admin.startsWith("0.0.0.0:") || admin.startsWith("[::]:");
        return everywhere && end > 0 ? cluster.substring(0, end) + admin.substring(port) : admin;
    }

    private List<NodeWatch> all() {
        List<NodeWatch> all = new ArrayList<>(List.of(first));
        all.addAll(others.values());
        return all;
    }

    /** What each said last. */
    List<JsonObject> documents() {
        return all().stream().map(NodeWatch::document).toList();
    }

    @Override
    public void close() {
        all().forEach(NodeWatch::close);
    }
}
