package io.penstock.exporter.source.kafka;

import io.penstock.exporter.kafka.ClientFaults;
import io.penstock.exporter.kafka.TopicLook;
import io.penstock.exporter.source.Source;
import io.penstock.exporter.source.SourceStats;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics of a cluster to a repo, by one or more consumers.
 *
 * <p>Threading: any thread.
 */
public final class KafkaSource implements Source {
    /** Longest wait for a thread at stop: a hand-over, and the goodbye to the group. */
    private static final long JOIN_MS = 3 * Assignment.HANDOVER_MS;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private final KafkaSourceConfig config;
    private final SourceParts parts;
    private final List<ConsumerLoop> loops;
    private final @Nullable TopicWatch watch;

    // Guarded by this.
    private final List<Thread> threads = new ArrayList<>();

    /** A source that has not started. */
    public KafkaSource(KafkaSourceConfig config, SourceParts parts) {
        this.config = config;
        this.parts = parts;
        this.loops =
                IntStream.range(0, config.consumers())
                        .mapToObj(number -> new ConsumerLoop(config, parts, number))
                        .toList();
        AssignedShares shares = parts.shares();
        this.watch = shares == null ? null : new TopicWatch(config, parts, shares);
    }

    @Override
    public synchronized Future<Void> start() {
        for (int i = 0; i < loops.size() && threads.size() < loops.size(); i++) {
            Thread thread = new Thread(loops.get(i), "penstock-kafka-" + config.name() + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        if (watch == null) {
            look();
        } else {
            watch.look();
        }
        return Future.succeededFuture();
    }

    /** Tells a person early what the consumers would only wait for. */
    private void look() {
        new TopicLook(parts.vertx())
                .facts(parts.cluster(), config.topics())
                .onSuccess(
                        facts ->
                                config.topics().stream()
                                        .filter(topic -> !facts.containsKey(topic))
                                        .forEach(
                                                topic ->
                                                        LOG.warn(
                                                                "source {}: no topic {}",
                                                                config.subject(),
                                                                topic)))
                .onFailure(
                        failed ->
                                LOG.warn(
                                        "source {}: {} cannot be asked for its topics: {}",
                                        config.subject(),
                                        parts.cluster(),
                                        ClientFaults.why(failed)));
    }

    @Override
    public Future<Void> stop() {
        if (watch != null) {
            watch.stop();
        }
        loops.forEach(ConsumerLoop::stop);
        return parts.vertx().executeBlocking(this::join, false).mapEmpty();
    }

    private boolean join() throws InterruptedException {
        List<Thread> running;
        synchronized (this) {
            running = List.copyOf(threads);
        }
        boolean well = true;
        for (Thread thread : running) {
            thread.join(JOIN_MS);
            well &= !thread.isAlive();
        }
        if (!well) {
            LOG.warn("source {} did not end in time; what is open comes again", config.subject());
        }
        return well;
    }

    @Override
    public SourceStats stats() {
        String trouble =
                loops.stream()
                        .map(loop -> loop.meter().trouble)
                        .filter(each -> !each.isEmpty())
                        .findFirst()
                        .orElseGet(() -> watch == null ? "" : watch.trouble());
        AssignedShares shares = parts.shares();
        return new SourceStats(
                config.name(),
                config.repo(),
                (int) sum(meter -> meter.partitions),
                shares == null ? 0 : shares.partitions(),
                sum(meter -> meter.records.sum()),
                sum(meter -> meter.bytes.sum()),
                sum(meter -> meter.refusals.sum()),
                sum(meter -> meter.queuedBytes.get()),
                (int) sum(meter -> meter.paused),
                sum(meter -> meter.lagRecords),
                trouble);
    }

    private long sum(ToLongFunction<SourceMeter> value) {
        return loops.stream().mapToLong(loop -> value.applyAsLong(loop.meter())).sum();
    }
}
