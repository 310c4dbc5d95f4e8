package io.penstock.cluster.hazelcast;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterConfig.Capacity;
import io.penstock.cluster.member.ClusterConfig.Join;
import io.penstock.cluster.member.ClusterConfig.Kubernetes;
import io.penstock.cluster.member.ClusterConfig.Multicast;
import io.penstock.cluster.member.ClusterConfig.Store;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.pull.PullConfig;
import io.penstock.cluster.store.postgres.PostgresConfig;
import io.penstock.cluster.task.Units;
import io.penstock.loopback.FreePorts;
import io.penstock.model.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Nodes of a cluster in this process, on loopback; all leave at the end. */
final class TestNodes implements AutoCloseable {
    static final long WAIT_S = 30;
    static final long DEADLINE_MS = 5_000;

    private final List<HazelcastMembership> made = new ArrayList<>();
    private final int firstPort = FreePorts.one();

    /** Where the first node of these listens, which all others ask. */
    int firstPort() {
        return firstPort;
    }

    ClusterConfig config(int port, List<String> voters) {
        return config(port, List.of("127.0.0.1:" + firstPort), voters);
    }

    static ClusterConfig config(int port, List<String> members, List<String> voters) {
        return new ClusterConfig(
                true,
                "test",
                Join.MEMBERS,
                members,
                new Multicast("224.2.2.3", 54_327),
                new Kubernetes("", "", ""),
                "127.0.0.1",
                port,
                1,
                0,
                0,
                64 << 20,
                "",
                voters,
                200,
                2_400,
                "default",
                List.of("ssd"),
                new Capacity(0, 0, 1L << 20, 1L << 20),
                PullConfig.standard(),
                store(),
                Tls.OFF);
    }

    static Store store() {
        PostgresConfig postgres =
                new PostgresConfig("db", 5432, "p", "p", "", "disable", "", "", "", 3_000, 5_000);
        return new Store(Store.Kind.FILE, "", postgres);
    }

    static Member member(String id, long incarnation) {
        return new Member(
                new NodeId(id), incarnation, "", "default", Set.of("ssd"), new Units(2, 4, 1, 1));
    }

    HazelcastMembership node(String id, long incarnation, int port, String... voters) {
        ClusterConfig config = config(port, List.of(voters));
        return node(id, incarnation, config, ClusterTerms.of(config, new NodeId(id)));
    }

    HazelcastMembership node(
            String id, long incarnation, ClusterConfig config, ClusterTerms terms) {
        HazelcastMembership node = new HazelcastMembership(config, member(id, incarnation), terms);
        made.add(node);
        return node;
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    static void until(Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.call()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("did not come true within " + WAIT_S + " s");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Override
    public void close() {
        for (HazelcastMembership node : made) {
            node.leave().toCompletableFuture().orTimeout(WAIT_S, TimeUnit.SECONDS).join();
        }
    }
}
