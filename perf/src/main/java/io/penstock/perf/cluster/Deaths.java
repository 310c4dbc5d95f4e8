package io.penstock.perf.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Processes that die, stop, hang and come back. */
final class Deaths {
    /** Longer than a lease, so that what was the node's is another's when it goes on. */
    private static final long PAUSE_MS = 6_000;

    private static final long SEEN_WITHIN_MS = 30_000;

    private Deaths() {}

    static void ofLeader(Cluster cluster) throws IOException, InterruptedException, LateException {
        String dead = cluster.awaitLeader(cluster.ids());
        List<String> left = cluster.others(dead);
        long killedNs = System.nanoTime();
        cluster.node(dead).kill();
        cluster.anotherLeads(left, killedNs);
        cluster.tasksMove(left, killedNs);
        comesBack(cluster, dead);
    }

    static void ofAnother(Cluster cluster) throws IOException, InterruptedException, LateException {
        String dead = cluster.others(cluster.awaitLeader(cluster.ids())).get(0);
        long killedNs = System.nanoTime();
        cluster.node(dead).kill();
        cluster.tasksMove(cluster.others(dead), killedNs);
        comesBack(cluster, dead);
    }

    private static void comesBack(Cluster cluster, String id)
            throws IOException, InterruptedException, LateException {
        long startedNs = System.nanoTime();
        cluster.node(id).start();
        cluster.settle("whole again after the start", startedNs);
    }

    static void pauseOfLeader(Cluster cluster)
            throws IOException, InterruptedException, LateException {
        String paused = cluster.awaitLeader(cluster.ids());
        pause(cluster, paused);
    }

    static void pauseOfAnother(Cluster cluster)
            throws IOException, InterruptedException, LateException {
        pause(cluster, cluster.others(cluster.awaitLeader(cluster.ids())).get(0));
    }

    private static void pause(Cluster cluster, String id)
            throws IOException, InterruptedException, LateException {
        TrialNode node = cluster.node(id);
        Optional<Sight> before = cluster.watch().now(id);
        long lapses = before.map(Sight::lapses).orElse(0L);
        long pausedNs = System.nanoTime();
        node.pause();
        cluster.tasksMove(cluster.others(id), pausedNs);
        cluster.stay(Math.max(0, PAUSE_MS - (System.nanoTime() - pausedNs) / 1_000_000));
        long resumedNs = System.nanoTime();
        node.resume();
        cluster.await(
                "the node that was paused says that its lease was over",
                SEEN_WITHIN_MS,
                () -> cluster.watch().now(id).map(s -> s.lapses() > lapses).orElse(false));
        cluster.settle("whole again after it goes on", resumedNs);
    }

    static void oneAfterTheOther(Cluster cluster)
            throws IOException, InterruptedException, LateException {
        for (String id : cluster.ids()) {
            TrialNode node = cluster.node(id);
            long stoppedNs = System.nanoTime();
            node.terminate();
            cluster.tasksMove(cluster.others(id), stoppedNs);
            int code = node.awaitExit();
            cluster.notes().time("a node has stopped", stoppedNs);
            if (code != 0) {
                cluster.notes().fault("node " + id + " ended with code " + code + " on SIGTERM");
            }
            comesBack(cluster, id);
        }
    }

    static void ofAll(Cluster cluster) throws IOException, InterruptedException, LateException {
        for (TrialNode node : cluster.nodes()) {
            node.kill();
        }
        long startedNs = System.nanoTime();
        cluster.start(cluster.nodes());
        cluster.notes().time("all take batches", startedNs);
        cluster.await("all tasks run", SEEN_WITHIN_MS, () -> cluster.runAll(cluster.ids()));
        cluster.notes().time("all tasks run", startedNs);
        cluster.settle("whole again after the start", startedNs);
    }

    static void oneMore(Cluster cluster) throws IOException, InterruptedException, LateException {
        long startedNs = System.nanoTime();
        String id = String.valueOf((char) ('a' + cluster.ids().size()));
        cluster.join(id);
        cluster.notes().time("it takes batches", startedNs);
        cluster.settle("it has its share of the tasks", startedNs);
    }

    static void damagedTable(Cluster cluster)
            throws IOException, InterruptedException, LateException {
        String id = cluster.others(cluster.awaitLeader(cluster.ids())).get(0);
        TrialNode node = cluster.node(id);
        long stoppedNs = System.nanoTime();
        node.terminate();
        cluster.tasksMove(cluster.others(id), stoppedNs);
        node.awaitExit();
        int damaged = damage(node.data().resolve("cluster").resolve("table"));
        if (damaged == 0) {
            cluster.notes().fault("there was no copy of the table to damage");
        }
        comesBack(cluster, id);
        if (!node.output().contains("damaged")) {
            cluster.notes().fault("node " + id + " does not say that its copy is damaged");
        }
    }

    /** Turns a byte in the middle of each file; how many there were. */
    private static int damage(Path directory) throws IOException {
        int damaged = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length > 0) {
                    bytes[bytes.length / 2] ^= 0x55;
                    Files.write(file, bytes);
                    damaged++;
                }
            }
        }
        return damaged;
    }
}
