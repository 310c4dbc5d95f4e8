package io.penstock.perf.kafka;

import io.penstock.perf.kafka.KafkaSettings.Keys;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.load.LoadSession;
import io.penstock.perf.side.FreePorts;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import io.penstock.perf.wire.Shape;
import io.penstock.perf.wire.Target;
import io.penstock.perf.wire.Transport;
import io.penstock.proto.ingest.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Gateways that write to Kafka, read from it, or wait for it. */
final class Gateways {
    /** Where Parquet files go, in the directory of a gateway. */
    static final String OBJECTS = "objects";

    /** One more than the batches take; the rest of the last segment, and headers. */
    private static final long RING_BYTES_PER_RECORD = 260;

    private static final long LEAST_RING_BYTES = 1L << 30;

    /** Behind a source: soon full, so that the source runs no faster than the sink. */
    private static final String SMALL_RING = "64MiB";

    private static final int STREAMS = 16;
    private static final long POLL_MS = 10;

    private final KafkaSettings settings;
    private final String servers;

    Gateways(KafkaSettings settings, String servers) {
        this.settings = settings;
        this.servers = servers;
    }

    private String ringBytes() {
        return String.valueOf(
                Math.max(LEAST_RING_BYTES, settings.records() * RING_BYTES_PER_RECORD));
    }

    private GatewaySide start(Path directory, String sink, String sections)
            throws IOException, InterruptedException {
        String ring = sections.isEmpty() ? ringBytes() : SMALL_RING;
        String export =
                "{name: out, repo: %s, sink: %s%s}"
                        .formatted(GatewaySettings.REPO, sink, Keys.more(settings.keys().export()));
        return GatewaySide.start(
                new GatewaySettings(directory, List.of(export), ring, sections),
                settings.options(),
                settings.cores());
    }

    private String kafkaSink(String brokers, String topic) {
        return "{type: kafka, cluster: '%s', topic: %s%s}"
                .formatted(brokers, topic, Keys.more(settings.keys().sink()));
    }

    private String source(String topic, String group) {
        return """
                kafka:
                  main: {bootstrap_servers: '%s'}
                sources:
                  - {name: in, cluster: main, topics: [%s], repo: %s, group: %s}
                """
                .formatted(servers, topic, GatewaySettings.REPO, group);
    }

    /** Leaves so many records in a ring, for an export whose target does not answer. */
    void fill(Path directory) throws IOException, InterruptedException {
        String nobody = "127.0.0.1:" + FreePorts.one();
        try (GatewaySide gateway = start(directory, kafkaSink(nobody, "none"), "")) {
            Target target =
                    new Target(
                            "127.0.0.1",
                            gateway.port(),
                            GatewaySettings.REPO,
                            AckLevel.ACK_LEVEL_STAGED);
            LoadPlan plan =
                    new LoadPlan(
                            Transport.GRPC, target, Payloads.batches(), new Shape(1, STREAMS), 0);
            try (LoadSession session = new LoadSession(plan, 1)) {
                while (session.counts().records() < settings.records()) {
                    Thread.sleep(POLL_MS);
                }
                session.finish();
            }
        }
    }

    /** Goes on with what the ring still has. */
    GatewaySide drain(Path directory, String topic) throws IOException, InterruptedException {
        return start(directory, kafkaSink(servers, topic), "");
    }

    GatewaySide copy(Path directory, String from, String to, String group)
            throws IOException, InterruptedException {
        return start(directory, kafkaSink(servers, to), source(from, group));
    }

    GatewaySide parquet(Path directory, String from, String group)
            throws IOException, InterruptedException {
        String sink =
                "{type: object, target: 'file://%s', target_bytes: 64MiB}"
                        .formatted(directory.resolve(OBJECTS));
        return start(directory, sink, source(from, group));
    }
}
