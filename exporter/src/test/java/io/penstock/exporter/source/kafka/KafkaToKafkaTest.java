package io.penstock.exporter.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.BoundSink;
import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.Topics;
import io.penstock.exporter.sink.kafka.KafkaAcks;
import io.penstock.exporter.sink.kafka.KafkaCompression;
import io.penstock.exporter.sink.kafka.KafkaFormat;
import io.penstock.exporter.sink.kafka.KafkaSinkConfig;
import io.penstock.exporter.sink.kafka.KafkaSinkFactory;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka to ring to Kafka, through the death of the broker. */
class KafkaToKafkaTest {
    private static final int RECORDS = 20_000;

    @TempDir private Path root;

    private static BoundSink<KafkaSinkConfig> sink(KafkaBroker broker, String topic) {
        KafkaSinkConfig config =
                new KafkaSinkConfig(
                        broker.bootstrapServers(),
                        topic,
                        KafkaFormat.JSON,
                        "kafka_key",
                        "",
                        KafkaCompression.ZSTD,
                        KafkaAcks.ALL,
                        256 << 10,
                        0,
                        1_000_000,
                        5_000,
                        true,
                        "",
                        Map.of("reconnect.backoff.max.ms", "100"));
        return new BoundSink<>(new KafkaSinkFactory(), config);
    }

    @Test
    void losesAndDoublesNothingWhenTheBrokerIsKilledAndBroughtBack(@TempDir Path directory)
            throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            String from = Topics.create(broker, 3);
            String to = Topics.create(broker, 2);
            Topics.write(broker, Numbered.records(from, 3, 0, RECORDS / 2, 200));
            try (SourceNode node =
                    new SourceNode(root, SourceNode.ROOMY, broker, sink(broker, to))) {
                KafkaSource source = node.source(SourceNode.config(from, "g", AckLevel.DELIVERED));
                SourceNode.until(() -> source.stats().records() > RECORDS / 8);
                broker.kill();
                broker.restart();
                Topics.write(broker, Numbered.records(from, 3, RECORDS / 2, RECORDS, 200));
                node.settled(RECORDS);
            }
            List<JsonObject> arrived =
                    Topics.committed(broker, to).stream()
                            .peek(each -> assertThat(each.key()).isNotNull())
                            .map(each -> new JsonObject(new String(each.value(), UTF_8)))
                            .toList();
            assertThat(Numbered.numbers(arrived))
                    .containsExactlyInAnyOrderElementsOf(Numbered.all(RECORDS));
        }
    }
}
