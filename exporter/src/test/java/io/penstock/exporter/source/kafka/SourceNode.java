package io.penstock.exporter.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.fanout.BoundSink;
import io.penstock.exporter.fanout.Export;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.fanout.Ledger;
import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.exporter.fanout.WhenFull;
import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.KafkaCluster;
import io.penstock.exporter.pressure.BackOff;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.source.SourceStats;
import io.penstock.exporter.stage.DiskRings;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StagingConfig;
import io.penstock.exporter.stage.SyncConfig;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Stages, rings, fan-out and sources of one process in a directory. */
final class SourceNode implements AutoCloseable {
    static final RepoName WEB = new RepoName("web");
    static final RingConfig ROOMY = new RingConfig(1 << 20, 4 << 20, 64 << 20, 300_000, 64);

    private static final int PATIENCE_SECONDS = 30;

    final Vertx vertx = Vertx.vertx();
    final StageRegistry registry;
    private final FanOut fanOut;
    private final Ledger ledger;
    private final DiskRings rings;
    private final KafkaCluster cluster;
    private final Handover handover = new Handover();
    private final List<KafkaSource> sources = new ArrayList<>();

    SourceNode(Path root, RingConfig ring, KafkaBroker broker, BoundSink<?> sink) {
        this(root, ring, cluster(broker, broker.clientProperties()), sink);
    }

    SourceNode(Path root, RingConfig ring, KafkaCluster cluster, BoundSink<?> sink) {
        this.cluster = cluster;
        RepoDirectories directories = new RepoDirectories(root.resolve("repos"));
        ledger = new Ledger(directories);
        rings = new DiskRings(ring, StagingConfig.defaults());
        Export export = new Export(spec(), sink);
        fanOut = new FanOut(vertx, directories, repo -> List.of(export), Clock.systemUTC());
        registry =
                new StageRegistry(
                        new StageRegistry.Wiring(
                                vertx,
                                directories,
                                rings,
                                fanOut,
                                repo -> true,
                                System::currentTimeMillis),
                        ring,
                        StagingConfig.defaults(),
                        new SyncConfig(1));
        await(registry.start());
    }

    /** A broker as a cluster whose clients notice soon what happens. */
    static KafkaCluster cluster(KafkaBroker broker, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("reconnect.backoff.max.ms", "100");
        properties.put("session.timeout.ms", "6000");
        properties.put("heartbeat.interval.ms", "200");
        properties.put("metadata.max.age.ms", "1000");
        return new KafkaCluster(broker.bootstrapServers(), properties);
    }

    static BoundSink<GatedSink.Nothing> gated(GatedSink sink) {
        return new BoundSink<>(sink, new GatedSink.Nothing());
    }

    private static ExportSpec spec() {
        return new ExportSpec(
                "out",
                WEB,
                new SinkSpec("any", Map.of()),
                List.of(),
                new BatchLimits(10_000, 128 << 10, 5),
                4,
                PressureConfig.defaults(),
                RateConfig.none(),
                60_000,
                BackOff.SINK_FAILURE,
                WhenFull.BLOCK,
                DeadLetterConfig.defaults());
    }

    static KafkaSourceConfig config(String topic, String group, AckLevel ack) {
        return config(topic, group, ack, ValueFormat.JSON);
    }

    static KafkaSourceConfig config(String topic, String group, AckLevel ack, ValueFormat values) {
        return new KafkaSourceConfig(
                "in",
                KafkaSourceConfig.Type.KAFKA,
                "main",
                List.of(topic),
                WEB,
                group,
                ack,
                1,
                values,
                500,
                256 << 10,
                50);
    }

    KafkaSource source(KafkaSourceConfig config) {
        return source(config, null);
    }

    /** One whose partitions are dealt by a test, where shares are given. */
    KafkaSource source(KafkaSourceConfig config, @Nullable AssignedShares shares) {
        KafkaSource source =
                new KafkaSource(
                        config,
                        new SourceParts(
                                vertx, cluster, registry, registry::newIntake, handover, shares));
        sources.add(source);
        await(source.start());
        return source;
    }

    /** Waits until the export has settled everything; the ledger must balance then. */
    LedgerRow settled(long records) {
        try {
            until(() -> row().delivered() >= records);
        } catch (AssertionError late) {
            throw new AssertionError(row() + " " + fanOut.stats() + " " + stats(), late);
        }
        LedgerRow row = row();
        assertThat(row.residue()).as("%s", row).isZero();
        assertThat(row.delivered()).as("%s", row).isEqualTo(records);
        return row;
    }

    private List<SourceStats> stats() {
        return sources.stream().map(KafkaSource::stats).toList();
    }

    private LedgerRow row() {
        try {
            return ledger.of(await(registry.open(WEB)), fanOut).get(0);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    static void until(BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came true in time").isLessThan(endNs);
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not done in time", late);
        }
    }

    @Override
    public void close() {
        sources.forEach(source -> await(source.stop()));
        await(registry.close());
        rings.close();
        await(vertx.close());
    }
}
