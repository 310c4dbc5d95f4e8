package io.penstock.perf.cluster;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Says what must not be of what there is when everything is mended and delivered.
 *
 * <p>Threading: confined to the trial's thread.
 */
final class Judge {
    private static final int MOST_SAMPLES = 5;

    private final Notes notes;
    private final Cluster cluster;
    private final Target target;
    private final List<Producer> producers;

    Judge(Cluster cluster, Target target, List<Producer> producers) {
        this.notes = cluster.notes();
        this.cluster = cluster;
        this.target = target;
        this.producers = producers;
    }

    /** Looks at everything. */
    void judge() throws IOException, InterruptedException {
        records();
        pushes();
        ledgers();
        tasks();
        owners();
    }

    private void records() {
        long acknowledged = 0;
        for (Producer producer : producers) {
            acknowledged += producer.acknowledged();
            long missing = target.missing(producer.number(), producer.acknowledged());
            if (missing > 0) {
                notes.fault(
                        "lost: %d records acknowledged by node %s (producer %d)"
                                .formatted(missing, producer.node().id(), producer.number()));
            }
            if (producer.acknowledged() < producer.offered()) {
                notes.fault(
                        "the last batch of producer %d was never acknowledged by node %s: %s"
                                .formatted(
                                        producer.number(),
                                        producer.node().id(),
                                        last(producer.failures())));
            }
        }
        target.faults().forEach(notes::fault);
        notes.count("acknowledged", acknowledged);
        notes.count("arrived", target.records());
        notes.count("deliveries", target.ids());
        notes.count("came again", target.again());
        notes.count("under two ids", target.contradictions());
        notes.count("pushed again", producers.stream().mapToLong(Producer::again).sum());
        if (acknowledged == 0) {
            notes.fault("nothing was acknowledged at all");
        }
    }

    private static String last(List<Producer.Failure> failures) {
        return failures.isEmpty() ? "no failure" : failures.get(failures.size() - 1).what();
    }

    /** No push was refused, and no connection broken, by a node to which nothing was done. */
    private void pushes() {
        List<String> samples = new ArrayList<>();
        long count = 0;
        for (Producer producer : producers) {
            for (Producer.Failure failure : producer.failures()) {
                if (!producer.node().outages().explain(failure.ns())) {
                    count++;
                    samples.add("node " + producer.node().id() + ": " + failure.what());
                }
            }
        }
        notes.count("refused by nodes that stay", count);
        samples.stream()
                .limit(MOST_SAMPLES)
                .forEach(sample -> notes.fault("refused by a node that stays: " + sample));
    }

    private void ledgers() throws IOException, InterruptedException {
        long residue = 0;
        for (TrialNode node : cluster.nodes()) {
            JsonObject ledger = node.get("/v1/ledger");
            residue += Math.abs(ledger.getLong("residue"));
            for (Object item : ledger.getJsonArray("ledger")) {
                JsonObject row = (JsonObject) item;
                long left =
                        LongStream.of(
                                        row.getLong("staged"),
                                        row.getLong("parked"),
                                        row.getLong("dead_lettered"),
                                        row.getLong("dropped"),
                                        Math.abs(row.getLong("residue")))
                                .sum();
                if (left > 0) {
                    notes.fault("the ledger of node " + node.id() + ": " + row.encode());
                }
            }
        }
        notes.count("ledger residue", residue);
    }

    /** By what they said, no two nodes ran a task at the same time. */
    private void tasks() {
        Timeline timeline = new Timeline(cluster.watch());
        List<String> twice = timeline.runTwice();
        notes.count("tasks on two nodes", twice.size());
        twice.stream().limit(MOST_SAMPLES).forEach(notes::fault);
        long lapses = 0;
        for (TrialNode node : cluster.nodes()) {
            long own = timeline.lapses(node.id());
            lapses += own;
            if (own > 0) {
                notes.count("leases that lapsed on " + node.id(), own);
            }
        }
        notes.count("leases that lapsed", lapses);
    }

    /** Who brought deliveries without running their task. */
    private void owners() {
        Timeline timeline = new Timeline(cluster.watch());
        long strangers = 0;
        List<String> samples = new ArrayList<>();
        for (Arrival arrival : target.arrivals()) {
            String task = arrival.repo() + "/" + NodeYaml.EXPORT;
            if (!timeline.mayDeliver(arrival.node(), task, arrival.ns())) {
                strangers++;
                samples.add(
                        "node %s delivered for %s without running it, %d ms before the end"
                                .formatted(arrival.node(), task, ago(arrival.ns())));
            }
        }
        notes.count("deliveries by others than the owner", strangers);
        samples.stream().limit(MOST_SAMPLES).forEach(notes::fault);
    }

    private static long ago(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ns);
    }
}
