package io.penstock.cluster.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.election.Ballot;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.lease.Member;
import io.penstock.cluster.message.Message.OrderAnswer;
import io.penstock.cluster.message.Message.OrderVerdict;
import io.penstock.cluster.pull.PullConfig;
import io.penstock.cluster.store.AssignmentStore;
import io.penstock.cluster.store.FileStore;
import io.penstock.cluster.store.Saved;
import io.penstock.model.RepoName;
import io.penstock.suite.Alone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is its only voter, on real files and real time. */
@Alone
class ClusterNodeTest {
    private static final long WAIT_S = 20;
    private static final TaskKey X = new TaskKey(new RepoName("r"), "x", 0);
    private static final TaskKey Y = new TaskKey(new RepoName("r"), "y", 0);

    @TempDir private Path directory;

    private final LonelyMembership membership = new LonelyMembership();
    private final PromptRunner runner = new PromptRunner();

    private ClusterNode node(AssignmentStore store, Path own) throws Exception {
        Timing timing = Timing.of(100, 300);
        Member.Identity me =
                new Member.Identity(
                        LonelyMembership.SELF, 1, Voters.of(Set.of(LonelyMembership.SELF)), timing);
        ClusterNode node =
                new ClusterNode(
                        new ClusterNode.Equipment(
                                me, own, membership, store, PullConfig.standard(), runner));
        node.start();
        return node;
    }

    private static AssignmentTable table(long epoch) {
        Version version = new Version(epoch, 7);
        Map<TaskKey, Row> rows = Map.of(X, new Row(LonelyMembership.SELF, Row.State.RUN, version));
        return new AssignmentTable(version, new TreeMap<>(rows));
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within %d s", WAIT_S).isLessThan(endNs);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void leadsPlansRunsAndExplains() throws Exception {
        try (FileStore store = new FileStore(directory.resolve("store"));
                ClusterNode node = node(store, directory.resolve("own"))) {
            until(() -> runner.mayDeliver(X) && runner.mayDeliver(Y));
            until(() -> node.standing().running().equals(Set.of(X, Y)));
            assertThat(node.standing().leader()).isEqualTo(LonelyMembership.SELF);
            assertThat(node.why(X)).contains("r/x#0 runs on n", "it is new");
            until(() -> node.decisions(10, any -> true).size() == 2);
            node.retire(WAIT_S * 1_000).toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS);
            assertThat(node.standing().leads()).isFalse();
            // long enough to stand again, if it would
            long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(800);
            while (System.nanoTime() < endNs) {
                assertThat(node.standing().leads()).isFalse();
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(runner.mayDeliver(X)).as("its lease goes on").isTrue();
        }
        assertThat(runner.mayDeliver(X)).as("it takes part no more").isFalse();
    }

    private static OrderAnswer order(ClusterNode node, Version basis, String key, String value)
            throws Exception {
        Map<String, Optional<String>> change = Map.of(key, Optional.of(value));
        return node.order(basis, false, new TreeMap<>(change))
                .toCompletableFuture()
                .get(WAIT_S, TimeUnit.SECONDS);
    }

    @Test
    void anOrderIsDoneOnceTheVoterKeepsItAndOutlivesEveryTable() throws Exception {
        try (FileStore store = new FileStore(directory.resolve("store"));
                ClusterNode node = node(store, directory.resolve("own"))) {
            until(() -> runner.mayDeliver(X) && runner.mayDeliver(Y));
            OrderAnswer done = order(node, Version.NONE, "pin/r/x", "n");
            assertThat(done.verdict()).as(done.why()).isEqualTo(OrderVerdict.DONE);
            until(() -> node.standing().table().orders().since().equals(done.version()));
            until(() -> String.valueOf(node.why(X)).contains("Pinned to [n]"));

            assertThat(order(node, Version.NONE, "pin/r/x", "z").why()).contains("no node z");
            assertThat(order(node, Version.NONE, "drain/n", "").verdict())
                    .isEqualTo(OrderVerdict.CONFLICT);
            assertThat(order(node, new Version(1, 1), "exclusive/r/x", "").why())
                    .contains("have changed meanwhile");
            assertThat(order(node, done.version(), "exclusive/r/x", "").verdict())
                    .isEqualTo(OrderVerdict.DONE);
        }
        ownerOnly("own/voter", "own/orders", "own/table", "store");
        membership.shared.clear();
        try (FileStore store = new FileStore(directory.resolve("another"))) {
            Files.move(directory.resolve("own/table"), directory.resolve("lost"));
            ClusterNode node = node(store, directory.resolve("own"));
            until(() -> node.standing().table().orders().entries().size() == 2);
            assertThat(node.standing().table().orders().entries()).containsEntry("pin/r/x", "n");
            node.close();
            assertThat(order(node, Version.NONE, "pin/r/x", "n").verdict())
                    .isEqualTo(OrderVerdict.NOT_NOW);
        }
    }

    /** Orders may hold secrets. */
    private void ownerOnly(String... places) throws IOException {
        for (String place : places) {
            try (Stream<Path> files = Files.walk(directory.resolve(place))) {
                for (Path file : files.filter(ClusterNodeTest::hasContent).toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as("%s", file)
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    /** A lock is an empty file. */
    private static boolean hasContent(Path file) {
        return Files.isRegularFile(file) && file.toFile().length() > 0;
    }

    @Test
    void anExportThatIsNewIsPlannedSoonAndWhereAllLeaveEachKeepsWhatItHas() throws Exception {
        TaskKey z = new TaskKey(new RepoName("r"), "z", 0);
        try (FileStore store = new FileStore(directory.resolve("store"));
                ClusterNode node = node(store, directory.resolve("own"))) {
            until(() -> runner.mayDeliver(X) && runner.mayDeliver(Y));
            long beganNs = System.nanoTime();
            membership.report = LonelyMembership.leaving(LonelyMembership.report("x", "y", "z"));
            until(() -> runner.mayDeliver(z));
            assertThat(System.nanoTime() - beganNs)
                    .as("less than the 10 s from plan to plan")
                    .isLessThan(TimeUnit.SECONDS.toNanos(8));
            assertThat(runner.mayDeliver(X)).isTrue();
            // What is shown follows what may be delivered by a turn of the node's thread.
            until(() -> node.standing().running().size() == 3);
        }
    }

    @Test
    void aTableOfAnotherClusterInItsFilesDoesNotWinForGood() throws Exception {
        try (FileStore store = new FileStore(directory.resolve("store"))) {
            assertThat(store.save(table(1_000)).toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS))
                    .isInstanceOf(Saved.Done.class);
            try (ClusterNode node = node(store, directory.resolve("own"))) {
                until(() -> node.standing().table().version().epoch() > 1_000);
                until(() -> runner.mayDeliver(X) && runner.mayDeliver(Y));
            }
        }
    }

    @Test
    void aTableOfAnEpochThatNoClusterReachesIsLeftAlone() throws Exception {
        try (FileStore store = new FileStore(directory.resolve("store"))) {
            store.save(table(Ballot.MAX_EPOCH + 1))
                    .toCompletableFuture()
                    .get(WAIT_S, TimeUnit.SECONDS);
            try (ClusterNode node = node(store, directory.resolve("own"))) {
                until(() -> runner.mayDeliver(X) && runner.mayDeliver(Y));
                assertThat(node.standing().epoch()).isLessThan(1_000);
            }
        }
    }

    @Test
    void tasksRunWhileTheSharedMapAnswersNothing() throws Exception {
        membership.isStalled = true;
        try (FileStore store = new FileStore(directory.resolve("store"));
                ClusterNode node = node(store, directory.resolve("own"))) {
            until(() -> runner.mayDeliver(X) && runner.mayDeliver(Y));
            assertThat(node.storeReads()).isPositive();
        }
    }
}
