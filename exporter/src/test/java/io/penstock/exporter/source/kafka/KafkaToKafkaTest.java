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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka to ring to Kafka, through the death of the broker. */
class KafkaToKafkaTest {
    private static final int RECORDS = 20_000;

    @TempDir private Path root;

    private static BoundSink<KafkaSinkConfig> sink(
            KafkaBroker broker, String topic, boolean mirror) {
        KafkaSinkConfig config =
                new KafkaSinkConfig(
                        broker.bootstrapServers(),
                        topic,
                        mirror ? KafkaFormat.FIELD : KafkaFormat.JSON,
                        mirror ? "value" : "",
                        "kafka_key",
                        mirror ? "kafka_partition" : "",
                        mirror ? "kafka_headers" : "",
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

    private static ProducerRecord<byte[], byte[]> of(
            String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return new ProducerRecord<>(topic, 0, 5L, key, value);
    }

    private static String text(ConsumerRecord<byte[], byte[]> message) {
        StringBuilder text = new StringBuilder();
        text.append(message.partition()).append('@').append(message.timestamp());
        text.append(' ')
                .append(message.key() == null ? "-" : HexFormat.of().formatHex(message.key()));
        text.append(' ')
                .append(message.value() == null ? "-" : HexFormat.of().formatHex(message.value()));
        for (Header header : message.headers()) {
            text.append(' ').append(header.key()).append('=');
            text.append(header.value() == null ? "-" : new String(header.value(), UTF_8));
        }
        return text.toString();
    }

    @Test
    void aMirrorKeepsValuesKeysHeadersTimesAndPartitions() throws Exception {
        KafkaBroker broker = Topics.sharedBroker();
        String from = Topics.create(broker, 2);
        String to = Topics.create(broker, 2);
        byte[] odd = {0, (byte) 0xff, '\n', '{'};
        ProducerRecord<byte[], byte[]> full =
                new ProducerRecord<>(from, 1, 1_700_000_000_123L, odd, odd);
        full.headers().add("trace", "abc".getBytes(UTF_8));
        full.headers().add("trace", "a second \"one\"".getBytes(UTF_8));
        full.headers().add("hash#2", "not a second".getBytes(UTF_8));
        full.headers().add("empty", new byte[0]);
        Topics.write(
                broker,
                List.of(full, of(from, "key".getBytes(UTF_8), null), of(from, null, new byte[0])));
        try (SourceNode node =
                new SourceNode(root, SourceNode.ROOMY, broker, sink(broker, to, true))) {
            node.source(SourceNode.config(from, "m", AckLevel.STAGED, ValueFormat.BYTES));
            node.settled(3);
        }
        assertThat(Topics.committed(broker, to).stream().map(KafkaToKafkaTest::text))
                .containsExactlyInAnyOrderElementsOf(
                        Topics.committed(broker, from).stream()
                                .map(KafkaToKafkaTest::text)
                                .toList());
    }

    @Test
    void losesAndDoublesNothingWhenTheBrokerIsKilledAndBroughtBack(@TempDir Path directory)
            throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            String from = Topics.create(broker, 3);
            String to = Topics.create(broker, 2);
            Topics.write(broker, Numbered.records(from, 3, 0, RECORDS / 2, 200));
            try (SourceNode node =
                    new SourceNode(root, SourceNode.ROOMY, broker, sink(broker, to, false))) {
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
