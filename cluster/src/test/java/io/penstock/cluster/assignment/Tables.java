package io.penstock.cluster.assignment;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.model.RepoName;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tables for tests. */
public final class Tables {

    private static final int SHARES = 8;

    private Tables() {}

    /** A small table of a version. */
    public static AssignmentTable of(long epoch, long sequence) {
        Version version = new Version(epoch, sequence);
        SortedMap<TaskKey, Row> rows = new TreeMap<>();
        Row row = new Row(new NodeId("node-" + sequence), Row.State.RUN, version);
        rows.put(new TaskKey(new RepoName("orders"), "to-s3", 0), row);
        return new AssignmentTable(version, rows);
    }

    /** As in a large cluster: exports of some tasks each, moved now and then. */
    static AssignmentTable large(int tasks, int nodes, long seed) {
        Random random = new Random(seed);
        Version version = new Version(17, 5_000);
        NodeId[] ids = new NodeId[nodes];
        for (int i = 0; i < nodes; i++) {
            ids[i] = new NodeId("penstock-%04d.zone-a".formatted(i));
        }
        SortedMap<TaskKey, Row> rows = new TreeMap<>();
        RepoName repo = new RepoName("none");
        for (int i = 0; i < tasks; i++) {
            int export = i / SHARES;
            if (i % (2 * SHARES) == 0) {
                repo = new RepoName("tenant-%05d.events".formatted(export / 2));
            }
            rows.put(
                    new TaskKey(repo, export % 2 == 0 ? "parquet-to-s3" : "search", i % SHARES),
                    new Row(
                            ids[random.nextInt(nodes)],
                            random.nextInt(100) == 0 ? Row.State.RELEASE : Row.State.RUN,
                            random.nextInt(3) == 0
                                    ? new Version(17, 1 + random.nextInt(5_000))
                                    : new Version(17, 1)));
        }
        return new AssignmentTable(version, rows);
    }

    /** Anything that a table can be. */
    static AssignmentTable random(Random random) {
        Version version = new Version(1 + random.nextInt(1_000), random.nextInt(1_000));
        SortedMap<TaskKey, Row> rows = new TreeMap<>();
        int tasks = random.nextInt(40);
        for (int i = 0; i < tasks; i++) {
            rows.put(task(random), row(random, version));
        }
        return new AssignmentTable(version, rows, orders(random, version));
    }

    private static Orders orders(Random random, Version version) {
        if (random.nextInt(3) == 0) {
            return Orders.NONE;
        }
        SortedMap<String, String> entries = new TreeMap<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            entries.put("drain/n" + random.nextInt(9), random.nextBoolean() ? "" : "größer\n日本");
        }
        return new Orders(random.nextBoolean() ? version : new Version(0, 7), entries);
    }

    private static TaskKey task(Random random) {
        String[] exports = {"", "a", "b", "größer", "日本 \uD83D\uDE80", "a/b#1", "x".repeat(300)};
        int share = random.nextInt(8) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(5);
        return new TaskKey(
                new RepoName("r" + random.nextInt(4)),
                exports[random.nextInt(exports.length)],
                random.nextInt(50) == 0 ? Integer.MAX_VALUE : share);
    }

    private static Row row(Random random, Version version) {
        long epoch = random.nextBoolean() ? version.epoch() : random.nextInt((int) version.epoch());
        long sequence =
                epoch == version.epoch()
                        ? random.nextInt((int) version.sequence() + 1)
                        : random.nextInt(1 << 20);
        return new Row(
                new NodeId("n" + random.nextInt(5)),
                random.nextBoolean() ? Row.State.RUN : Row.State.RELEASE,
                new Version(epoch, sequence));
    }
}
