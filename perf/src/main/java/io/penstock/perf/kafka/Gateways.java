package io.penstock.perf.kafka;

import io.penstock.perf.kafka.KafkaSettings.Keys;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.load.LoadSession;
import io.penstock.perf.side.FreePorts;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import io.penstock.perf.wire.Batch;
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

    /** Formats of the sink: each record as an object. */
    static final String JSON = "json";

    /** Each record as the line of text that it is. */
    static final String LINE = "field, value_field: message";

    /** Each record as the Kafka record that it was. */
    private static final String MIRROR =
            "field, value_field: value, key_field: kafka_key, headers_field: kafka_headers";

    /** More than the batches take; the rest of the last segment, and headers. */
    private static final long RING_BYTES_PER_RECORD = 480;

    private static final long LEAST_RING_BYTES = 1L << 30;

    /** Behind a source: soon full, so that the source runs no faster than the sink. */
    private static final String SMALL_RING = "64MiB";

    private static final int STREAMS = 16;
    private static final long FILL_WITHIN_S = 120;
    private static final long POLL_MS = 10;

    private final KafkaSettings settings;
    private final String servers;

    Gateways(KafkaSettings settings, String servers) {
        this.settings = settings;
        this.servers = servers;
    }

    private long ringBytes() {
        return Math.max(LEAST_RING_BYTES, settings.records() * RING_BYTES_PER_RECORD);
    }

    /** One whose ring has room for all records. */
    private GatewaySide start(Path directory, String sink)
            throws IOException, InterruptedException {
        String staging = "staging: {max_bytes: %d}%n".formatted(2 * ringBytes());
        return start(directory, sink, String.valueOf(ringBytes()), staging);
    }

    private GatewaySide start(Path directory, String sink, String ring, String sections)
            throws IOException, InterruptedException {
        String export =
                "{name: out, repo: %s, sink: %s%s}"
                        .formatted(GatewaySettings.REPO, sink, Keys.more(settings.keys().export()));
        return GatewaySide.start(
                new GatewaySettings(directory, List.of(export), ring, sections),
                settings.options(),
                settings.cores());
    }

    private String kafkaSink(String brokers, String topic, String format) {
        return "{type: kafka, cluster: '%s', topic: %s, format: %s%s}"
                .formatted(brokers, topic, format, Keys.more(settings.keys().sink()));
    }

    private String source(String topic, String group, String values) {
        return """
                kafka:
                  main: {bootstrap_servers: '%s'}
                sources:
                  - {name: in, cluster: main, topics: [%s], repo: %s, group: %s, value_format: %s}
                """
                .formatted(servers, topic, GatewaySettings.REPO, group, values);
    }

    /** Leaves so many records in a ring, for an export whose target does not answer. */
    void fill(Path directory, List<Batch> batches) throws IOException, InterruptedException {
        String nobody = "127.0.0.1:" + FreePorts.one();
        try (GatewaySide gateway = start(directory, kafkaSink(nobody, "none", JSON))) {
            Target target =
                    new Target(
                            "127.0.0.1",
                            gateway.port(),
                            GatewaySettings.REPO,
                            AckLevel.ACK_LEVEL_STAGED);
            LoadPlan plan = new LoadPlan(Transport.GRPC, target, batches, new Shape(1, STREAMS), 0);
            try (LoadSession session = new LoadSession(plan, 1)) {
                long endNs = System.nanoTime() + FILL_WITHIN_S * 1_000_000_000;
                while (session.counts().records() < settings.records()) {
                    if (System.nanoTime() > endNs) {
                        throw new IOException(
                                "the ring does not take so many records; see " + directory);
                    }
                    Thread.sleep(POLL_MS);
                }
                session.finish();
            }
        }
    }

    /** Goes on with what the ring still has. */
    GatewaySide drain(Path directory, String topic, String format)
            throws IOException, InterruptedException {
        return start(directory, kafkaSink(servers, topic, format));
    }

    GatewaySide copy(Path directory, String from, String to, String group)
            throws IOException, InterruptedException {
        return start(
                directory,
                kafkaSink(servers, to, MIRROR),
                SMALL_RING,
                source(from, group, "bytes"));
    }

    GatewaySide parquet(Path directory, String from, String group)
            throws IOException, InterruptedException {
        String sink =
                "{type: object, target: 'file://%s', target_bytes: 64MiB}"
                        .formatted(directory.resolve(OBJECTS));
        return start(directory, sink, SMALL_RING, source(from, group, "json"));
    }
}
