package io.penstock.cluster.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.lease.Member;
import io.penstock.cluster.pull.PullConfig;
import io.penstock.cluster.store.FileStore;
import io.penstock.suite.Alone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on real files and real time, each with a store of its own. */
@Alone
class ClusterNodesTest {
    private static final long WAIT_S = 20;

    /** Nobody looks for tables by age while a test lasts. */
    private static final PullConfig HINTS_ONLY =
            new PullConfig(600_000, 600_000, 600_000, 0.2, 1_000, 10_000, 6);

    private static final Set<NodeId> VOTERS =
            Set.of(new NodeId("a"), new NodeId("b"), new NodeId("c"));
    private static final String[] EXPORTS = {"u", "v", "w", "x", "y", "z"};

    @TempDir private Path directory;

    private final Neighbours neighbours = new Neighbours();
    private final Map<NodeId, PromptRunner> runners = new ConcurrentHashMap<>();
    private final Map<NodeId, ClusterNode> nodes = new TreeMap<>();
    private final List<FileStore> stores = new ArrayList<>();

    private void start(NodeId id, String group) throws Exception {
        Path own = directory.resolve(id.value());
        FileStore store = new FileStore(own.resolve("store"));
        stores.add(store);
        PromptRunner runner = new PromptRunner();
        runners.put(id, runner);
        ClusterNode node =
                new ClusterNode(
                        new ClusterNode.Equipment(
                                new Member.Identity(id, 1, Voters.of(VOTERS), Timing.of(200, 600)),
                                own,
                                neighbours.join(id, group, EXPORTS),
                                store,
                                HINTS_ONLY,
                                runner));
        nodes.put(id, node);
        node.start();
    }

    private ClusterNode node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    private PromptRunner runner(NodeId id) {
        return Objects.requireNonNull(runners.get(id));
    }

    /** Three nodes that run everything evenly; answers the leader. */
    private NodeId startThree() throws Exception {
        for (NodeId id : VOTERS) {
            start(id, Neighbours.GROUP);
        }
        until(() -> runsEvenly(VOTERS, 2, 2));
        until(() -> nodes.values().stream().anyMatch(node -> node.standing().leads()));
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().standing().leads())
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(ClusterNode::close);
        stores.forEach(FileStore::close);
    }

    private boolean runsEvenly(Collection<NodeId> ids, int least, int most) {
        int all = 0;
        for (NodeId id : ids) {
            PromptRunner runner = runner(id);
            int deliver =
                    (int)
                            runner.running.entrySet().stream()
                                    .filter(task -> task.getValue().mayDeliver(task.getKey()))
                                    .count();
            if (deliver < least || deliver > most) {
                return false;
            }
            all += deliver;
        }
        return all == EXPORTS.length;
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within %d s", WAIT_S).isLessThan(endNs);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static long msSince(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ns);
    }

    @Test
    void aNodeThatJoinsHasItsShareAtOnce() throws Exception {
        startThree();
        NodeId d = new NodeId("d");
        long beganNs = System.nanoTime();
        start(d, Neighbours.GROUP);
        List<NodeId> all = new ArrayList<>(VOTERS);
        all.add(d);
        until(() -> runsEvenly(all, 1, 2));
        System.out.printf(
                "ClusterNodesTest: a node that joins has tasks after %d ms%n", msSince(beganNs));
        assertThat(msSince(beganNs)).isLessThan(3_000);
    }

    /** When a node comes, tables are looked for under other names; nothing may move for it. */
    @Test
    void aNodeThatJoinsFindsTheTableThoughNothingChangesInIt() throws Exception {
        NodeId first = startThree();
        Version version = node(first).standing().table().version();
        neighbours.namesBy = 1;
        NodeId d = new NodeId("d");
        long beganNs = System.nanoTime();
        start(d, "another");
        until(() -> node(d).standing().table().version().equals(version));
        System.out.printf(
                "ClusterNodesTest: a node that joins goes by the table after %d ms%n",
                msSince(beganNs));
        assertThat(msSince(beganNs)).isLessThan(3_000);
        until(() -> node(d).standing().leaseEndNs() > System.nanoTime());
    }

    @Test
    void aLeaderThatLeavesLeadsOnUntilOthersRunItsTasks() throws Exception {
        NodeId first = startThree();
        List<NodeId> rest = VOTERS.stream().filter(id -> !id.equals(first)).toList();
        long beganNs = System.nanoTime();
        ClusterNode leaver = node(first);
        leaver.retire(10_000).toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS);
        long ms = msSince(beganNs);
        assertThat(runsEvenly(rest, 3, 3)).as("the others run everything").isTrue();
        assertThat(leaver.standing().leads()).isFalse();
        until(() -> rest.stream().anyMatch(id -> node(id).standing().leads()));
        System.out.printf(
                "ClusterNodesTest: others run a leaving leader's tasks after %d ms, another leads"
                        + " after %d ms%n",
                ms, msSince(beganNs));
        assertThat(ms).isLessThan(2_000);
        assertThat(runner(first).running).isEmpty();
        assertThat(runsEvenly(rest, 3, 3)).as("nothing moves for the next leader").isTrue();
    }

    @Test
    void aLeaderThatNobodyCanRelieveGivesLeadershipUpAtOnce() throws Exception {
        NodeId first = startThree();
        for (NodeId id : VOTERS) {
            if (!id.equals(first)) {
                neighbours.leaves(id);
            }
        }
        until(() -> runsEvenly(List.of(first), EXPORTS.length, EXPORTS.length));
        long beganNs = System.nanoTime();
        node(first).retire(10_000).toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS);
        assertThat(msSince(beganNs)).isLessThan(2_000);
        assertThat(runner(first).running).as("it drains them itself").hasSize(EXPORTS.length);
    }
}
