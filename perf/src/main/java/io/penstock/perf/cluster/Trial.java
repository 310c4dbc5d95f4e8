package io.penstock.perf.cluster;

import io.penstock.perf.network.Loopback;
import io.penstock.perf.network.Namespaces;
import io.penstock.perf.network.Network;
import io.penstock.perf.network.Skipped;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One cluster under load, to which scenarios happen.
 *
 * <p>Threading: confined to one thread.
 */
final class Trial {
    private static final long ACKNOWLEDGED_WITHIN_MS = 60_000;
    private static final long DELIVERED_WITHIN_MS = 60_000;
    private static final long LOOK_MS = 100;
    private static final long JOIN_MS = 10_000;

    private final TrialSettings settings;
    private final List<Scenario> scenarios;
    private final Consumer<String> progress;
    private final Notes notes = new Notes();
    private final List<Producer> producers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final long seed = System.nanoTime();

    Trial(TrialSettings settings, List<Scenario> scenarios, Consumer<String> progress) {
        this.settings = settings;
        this.scenarios = List.copyOf(scenarios);
        String name = name();
        this.progress = state -> progress.accept(name + ": " + state);
    }

    /** The names of what happens. */
    String name() {
        return scenarios.stream().map(Scenario::word).collect(Collectors.joining("+"));
    }

    private boolean needs(Scenario.Need need) {
        return scenarios.stream().anyMatch(each -> each.need() == need);
    }

    /** Runs it; what fails on the way is a fault. */
    TrialResult run() throws IOException, InterruptedException {
        Path room = Room.make(settings.directory());
        try {
            within(room);
        } catch (Skipped skipped) {
            Room.delete(room);
            return TrialResult.skipped(
                    name(), settings.nodes(), String.valueOf(skipped.getMessage()));
        } catch (IOException failure) {
            notes.fault("the trial could not be brought to its end: " + failure.getMessage());
        }
        if (notes.faultless()) {
            Room.delete(room);
        } else {
            notes.fault("logs and data are left in " + room);
        }
        return notes.result(name(), settings.nodes());
    }

    private void within(Path room) throws IOException, InterruptedException, Skipped {
        if (needs(Scenario.Need.NAMESPACES) && needs(Scenario.Need.POSTGRES)) {
            throw new Skipped("a database is not reached from other network namespaces");
        }
        try (Network network =
                        needs(Scenario.Need.NAMESPACES) ? Namespaces.make() : new Loopback();
                Target target = Target.start(network.here())) {
            if (needs(Scenario.Need.POSTGRES)) {
                try (Postgres postgres = Postgres.make()) {
                    over(new Cluster.Surroundings(network, postgres, room), target);
                }
            } else {
                over(new Cluster.Surroundings(network, null, room), target);
            }
        }
    }

    private void over(Cluster.Surroundings around, Target target)
            throws IOException, InterruptedException, Skipped {
        String url = "http://" + around.network().here() + ":" + target.port();
        try (Cluster cluster = new Cluster(settings, around, url, notes, progress)) {
            cluster.onJoin(node -> pushTo(node, cluster.repos()));
            underLoad(cluster, target);
        } finally {
            producers.forEach(Producer::giveUp);
            join();
        }
    }

    private void underLoad(Cluster cluster, Target target)
            throws IOException, InterruptedException, Skipped {
        Judge judge = new Judge(cluster, target, producers);
        LateException late = null;
        try {
            progress.accept("starts " + settings.nodes() + " nodes");
            long startedNs = System.nanoTime();
            cluster.start(cluster.nodes());
            cluster.settle("whole after the first start", startedNs);
            cluster.nodes().forEach(node -> pushTo(node, cluster.repos()));
            target.watchProgress(cluster.repos());
            cluster.stay(settings.loadMs());
            for (Scenario scenario : scenarios) {
                notes.chapter(scenarios.size() == 1 ? "" : scenario.word());
                scenario.breakage().happen(cluster);
                cluster.stay(settings.loadMs());
            }
        } catch (LateException failure) {
            late = failure;
            notes.fault(String.valueOf(failure.getMessage()));
            cluster.mend();
        }
        notes.chapter("");
        producers.forEach(Producer::finish);
        notes.gaps(target.longestMs());
        progress.accept("waits until everything is delivered");
        awaitAcknowledged();
        awaitDelivered(cluster);
        judge.judge();
        storeReads(cluster, late);
    }

    private void pushTo(TrialNode node, List<String> repos) {
        for (String repo : repos) {
            Producer producer = new Producer(producers.size(), node, repo, seed);
            producers.add(producer);
            Thread thread = new Thread(producer, "producer-" + node.id() + "-" + repo);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void awaitAcknowledged() throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ACKNOWLEDGED_WITHIN_MS);
        for (Thread thread : threads) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            thread.join(Math.max(1, leftMs));
        }
        producers.forEach(Producer::giveUp);
    }

    private void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(JOIN_MS);
        }
    }

    private void awaitDelivered(Cluster cluster) throws IOException, InterruptedException {
        long sinceNs = System.nanoTime();
        long endNs = sinceNs + TimeUnit.MILLISECONDS.toNanos(DELIVERED_WITHIN_MS);
        while (lag(cluster) > 0 && System.nanoTime() - endNs < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        notes.time("everything is delivered", sinceNs);
    }

    private static long lag(Cluster cluster) throws IOException, InterruptedException {
        long records = 0;
        for (TrialNode node : cluster.nodes()) {
            for (Object item : node.get("/v1/exports").getJsonArray("exports")) {
                records += ((JsonObject) item).getLong("lag_records");
            }
        }
        return records;
    }

    private void storeReads(Cluster cluster, @Nullable LateException late)
            throws IOException, InterruptedException {
        if (late != null) {
            return;
        }
        double reads = 0;
        for (TrialNode node : cluster.nodes()) {
            reads += node.metric("penstock_cluster_store_reads_total");
        }
        notes.count("reads of the store", (long) reads);
    }
}
