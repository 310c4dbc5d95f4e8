package io.penstock.gateway.endtoend;

import io.penstock.loopback.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Three gateways in JVMs of their own, all of them voters of one cluster. */
final class ThreeGateways implements AutoCloseable {
    static final List<String> IDS = List.of("a", "b", "c");

    private final Map<String, GatewayProcess> nodes = new TreeMap<>();

    /**
     * Three that are not started.
     *
     * @param directory each has one of its own in it
     * @param sections YAML behind the section cluster, for the id of each
     */
    ThreeGateways(Path directory, UnaryOperator<String> sections) throws IOException {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < IDS.size()) {
            ports.add(FreePorts.one());
        }
        String members =
                ports.stream()
                        .map(port -> "'127.0.0.1:" + port + "'")
                        .collect(Collectors.joining(","));
        String cluster =
                """
                cluster:
                  enabled: true
                  members: [%s]
                  port: %d
                  port_count: 1
                  voters: [a, b, c]
                  forward_key: what-the-nodes-share
                  capacity: {cores: 1, memory_bytes: 1GiB}
                """;
        for (int i = 0; i < IDS.size(); i++) {
            String id = IDS.get(i);
            Path own = Files.createDirectories(directory.resolve(id));
            String text = cluster.formatted(members, ports.get(i)) + sections.apply(id);
            nodes.put(id, new GatewayProcess(id, own, text, "-Xmx96m"));
        }
    }

    /** Starts these together, and waits for all of them. */
    void begin(Collection<String> ids) {
        CompletableFuture.allOf(
                        ids.stream()
                                .map(id -> CompletableFuture.runAsync(() -> begin(id)))
                                .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    void begin(String id) {
        try {
            node(id).start();
        } catch (IOException | InterruptedException failure) {
            throw new CompletionException(failure);
        }
    }

    GatewayProcess node(String id) {
        GatewayProcess node = nodes.get(id);
        if (node == null) {
            throw new AssertionError("no node " + id);
        }
        return node;
    }

    /** Where its admin port is. */
    String admin(String id) {
        return "127.0.0.1:" + node(id).adminPort();
    }

    static List<String> others(String id) {
        return IDS.stream().filter(other -> !other.equals(id)).toList();
    }

    /** Whom these nodes take for the leader, and who takes itself for it; else none. */
    String leader(List<String> ids) throws Exception {
        Set<String> named = new HashSet<>();
        Set<String> leading = new HashSet<>();
        for (String id : ids) {
            JsonObject answer = AdminCall.get(admin(id), "/v1/leader");
            named.add(answer.getString("leader", "none"));
            if (answer.getBoolean("leads", false)) {
                leading.add(id);
            }
        }
        return named.equals(leading) ? named.iterator().next() : "none";
    }

    @Override
    public void close() {
        nodes.values().forEach(GatewayProcess::close);
    }
}
