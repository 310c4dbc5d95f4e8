package io.penstock.perf.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stores that are down, while the cluster has to decide something. */
final class Stores {
    private static final long SAVED_WITHIN_MS = 60_000;

    private Stores() {}

    /** The database that all nodes share. */
    static void databaseDown(Cluster cluster)
            throws IOException, InterruptedException, LateException {
        Postgres postgres = cluster.postgres();
        postgres.stop();
        Deaths.ofLeader(cluster);
        postgres.start();
        Deaths.ofAnother(cluster); // and so there is a newer table
        long sinceNs = System.nanoTime();
        String id = cluster.ids().get(0);
        cluster.await(
                "the newest table is in the store",
                SAVED_WITHIN_MS,
                () ->
                        cluster.watch()
                                .now(id)
                                .map(sight -> postgres.holds(sight.version()))
                                .orElse(false));
        cluster.notes().time("the store has the newest table", sinceNs);
    }

    /** The directories of all nodes, each its own. */
    static void directoriesAway(Cluster cluster)
            throws IOException, InterruptedException, LateException {
        List<Path> stores =
                cluster.nodes().stream()
                        .map(node -> node.data().resolve("cluster").resolve("store"))
                        .toList();
        for (Path store : stores) {
            Files.move(store, aside(store));
            Files.writeString(store, "no directory"); // not even root writes into this
        }
        try {
            Deaths.ofLeader(cluster);
        } finally {
            for (Path store : stores) {
                Files.delete(store);
                Files.move(aside(store), store);
            }
        }
        Deaths.ofAnother(cluster);
    }

    private static Path aside(Path store) {
        return store.resolveSibling("store.away");
    }
}
