package io.penstock.exporter.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.Topics;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a real broker into a real ring. */
class KafkaSourceTest {
    @TempDir private Path root;
    private final GatedSink sink = new GatedSink();
    private KafkaBroker broker;

    @BeforeEach
    void findBroker() throws Exception {
        broker = Topics.sharedBroker();
    }

    private SourceNode node(RingConfig ring) {
        return new SourceNode(root, ring, broker, SourceNode.gated(sink));
    }

    private long committed(String group, String topic, int partition) {
        try (Admin admin = broker.admin()) {
            var offset =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get(20, TimeUnit.SECONDS)
                            .get(new TopicPartition(topic, partition));
            return Optional.ofNullable(offset).map(each -> each.offset()).orElse(0L);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void keepsMembersKeyHeadersAndWhereARecordLay() {
        String topic = Topics.create(broker, 1);
        ProducerRecord<byte[], byte[]> full =
                new ProducerRecord<>(
                        topic,
                        0,
                        1_700_000_000_123L,
                        "the key".getBytes(UTF_8),
                        json(" {\n \"a\": 1,\r\n \"b\": [1, 2]} "));
        full.headers().add("trace", "abc".getBytes(UTF_8));
        full.headers().add("trace", new byte[] {(byte) 0xff});
        Topics.write(
                broker,
                List.of(
                        full,
                        new ProducerRecord<>(topic, 0, null, json("{}")),
                        new ProducerRecord<>(topic, 0, null, json("no object")),
                        new ProducerRecord<>(topic, 0, null, null)));
        try (SourceNode node = node(SourceNode.ROOMY)) {
            node.source(SourceNode.config(topic, "g1" + topic, AckLevel.STAGED));
            node.settled(4);
        }
        JsonObject first = sink.records().get(0);
        assertThat(first.getInteger("a")).isEqualTo(1);
        assertThat(first.getJsonArray("b")).isEqualTo(new JsonArray(List.of(1, 2)));
        assertThat(first.getString("kafka_topic")).isEqualTo(topic);
        assertThat(first.getInteger("kafka_partition")).isZero();
        assertThat(first.getInteger("kafka_offset")).isZero();
        assertThat(first.getLong("kafka_timestamp")).isEqualTo(1_700_000_000_123L);
        assertThat(first.getString("kafka_key")).isEqualTo("the key");
        assertThat(first.getJsonObject("kafka_headers").getMap())
                .isEqualTo(Map.of("trace", "abc", "trace#2", "/w=="));
        assertThat(sink.records().get(1).containsKey("message")).isFalse();
        assertThat(sink.records().get(2).getString("message")).isEqualTo("no object");
        assertThat(sink.records().get(3).containsKey("message")).isFalse();
        assertThat(sink.records())
                .extracting(each -> each.getInteger("kafka_offset"))
                .isEqualTo(List.of(0, 1, 2, 3));
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void stagesNothingTwiceWhateverTheGroupRemembers() {
        String topic = Topics.create(broker, 2);
        Topics.write(broker, Numbered.records(topic, 2, 0, 3000, 100));
        try (SourceNode node = node(SourceNode.ROOMY)) {
            KafkaSource source =
                    node.source(SourceNode.config(topic, "first" + topic, AckLevel.STAGED));
            node.settled(3000);
            SourceNode.await(source.stop());
        }
        // Another group has no offsets, as after a crash before any commit.
        try (SourceNode node = node(SourceNode.ROOMY)) {
            Topics.write(broker, Numbered.records(topic, 2, 3000, 3100, 100));
            KafkaSource source =
                    node.source(SourceNode.config(topic, "other" + topic, AckLevel.STAGED));
            node.settled(3100);
            assertThat(source.stats().records()).isEqualTo(100);
            SourceNode.until(() -> committed("other" + topic, topic, 0) == 1550);
        }
        assertThat(Numbered.numbers(sink.records()))
                .containsExactlyInAnyOrderElementsOf(Numbered.all(3100));
    }

    @Test
    void commitsOnlyWhatIsDeliveredWhenItIsToldTo() {
        String topic = Topics.create(broker, 1);
        Topics.write(broker, Numbered.records(topic, 1, 0, 1000, 100));
        sink.shut(true);
        try (SourceNode node = node(SourceNode.ROOMY)) {
            KafkaSource source =
                    node.source(SourceNode.config(topic, "g" + topic, AckLevel.DELIVERED));
            SourceNode.until(() -> source.stats().records() == 1000);
            SourceNode.await(source.stop());
            assertThat(committed("g" + topic, topic, 0)).isZero();
            KafkaSource again =
                    node.source(SourceNode.config(topic, "g" + topic, AckLevel.DELIVERED));
            sink.shut(false);
            node.settled(1000);
            SourceNode.until(() -> committed("g" + topic, topic, 0) == 1000);
            assertThat(again.stats().records()).isZero();
        }
    }

    @Test
    void commitsWhatIsForcedToTheDiskWhenItIsToldTo() {
        String topic = Topics.create(broker, 1);
        Topics.write(broker, Numbered.records(topic, 1, 0, 1000, 100));
        try (SourceNode node = node(SourceNode.ROOMY)) {
            node.source(SourceNode.config(topic, "g" + topic, AckLevel.SYNCED));
            SourceNode.until(() -> committed("g" + topic, topic, 0) == 1000);
            assertThat(SourceNode.await(node.registry.open(SourceNode.WEB)).ring().forcedPosition())
                    .isPositive();
        }
    }

    @Test
    void pausesWhileTheRingIsFullAndLosesNothing() {
        RingConfig small = new RingConfig(64 << 10, 64 << 10, 512 << 10, 300_000, 64);
        String topic = Topics.create(broker, 3);
        Topics.write(broker, Numbered.records(topic, 3, 0, 6000, 300));
        sink.shut(true);
        try (SourceNode node = node(small)) {
            KafkaSourceConfig config = SourceNode.config(topic, "g" + topic, AckLevel.STAGED);
            KafkaSource source = node.source(small(config));
            SourceNode.until(() -> source.stats().refusals() > 0 && source.stats().paused() == 3);
            long most = config.prefetchBytes() + config.maxPollRecords() * 600L;
            for (int i = 0; i < 20; i++) {
                assertThat(source.stats().queuedBytes()).isLessThan(most);
                SourceNode.until(() -> !source.stats().trouble().isEmpty());
            }
            assertThat(source.stats().records()).isLessThan(6000);
            sink.shut(false);
            node.settled(6000);
        }
        assertThat(Numbered.numbers(sink.records()))
                .containsExactlyInAnyOrderElementsOf(Numbered.all(6000));
    }

    /** Batches that fit into a small segment. */
    private static KafkaSourceConfig small(KafkaSourceConfig config) {
        return new KafkaSourceConfig(
                config.name(),
                config.type(),
                config.cluster(),
                config.topics(),
                config.repo(),
                config.group(),
                config.ack(),
                config.consumers(),
                config.valueFormat(),
                100,
                config.prefetchBytes(),
                config.commitIntervalMs());
    }

    @Test
    void handsPartitionsOverWithoutALossOrASecondCopy() {
        String topic = Topics.create(broker, 4);
        Topics.write(broker, Numbered.records(topic, 4, 0, 4000, 50));
        try (SourceNode node = node(SourceNode.ROOMY)) {
            KafkaSourceConfig config = SourceNode.config(topic, "g" + topic, AckLevel.STAGED);
            KafkaSource first = node.source(config);
            SourceNode.until(() -> first.stats().partitions() == 4);
            KafkaSource second = node.source(config);
            Topics.write(broker, Numbered.records(topic, 4, 4000, 8000, 50));
            SourceNode.until(
                    () -> first.stats().partitions() == 2 && second.stats().partitions() == 2);
            Topics.write(broker, Numbered.records(topic, 4, 8000, 10_000, 50));
            SourceNode.await(first.stop());
            Topics.write(broker, Numbered.records(topic, 4, 10_000, 12_000, 50));
            SourceNode.until(() -> second.stats().partitions() == 4);
            node.settled(12_000);
            assertThat(second.stats().records()).isPositive();
        }
        assertThat(Numbered.numbers(sink.records()))
                .containsExactlyInAnyOrderElementsOf(Numbered.all(12_000));
        for (int partition = 0; partition < 4; partition++) {
            assertThat(committed("g" + topic, topic, partition)).isEqualTo(3000);
        }
    }

    /** Each poll brings a hundred records; a sink takes 50 ms for whatever it is given. */
    @Test
    void fetchesAheadOfASlowSink() {
        sink.delay(50);
        long withoutMs = timeMs(0);
        long withMs = timeMs(256 << 10);
        System.out.println(
                "prefetch with a 50 ms sink: off " + withoutMs + " ms, on " + withMs + " ms");
        assertThat((double) withoutMs / withMs).isGreaterThan(1.8);
    }

    private long timeMs(long prefetchBytes) {
        int records = 2000;
        String topic = Topics.create(broker, 1);
        Topics.write(broker, Numbered.records(topic, 1, 0, records, 1000));
        KafkaSourceConfig plain = SourceNode.config(topic, "g" + topic, AckLevel.DELIVERED);
        KafkaSourceConfig config =
                new KafkaSourceConfig(
                        plain.name(),
                        plain.type(),
                        plain.cluster(),
                        plain.topics(),
                        plain.repo(),
                        plain.group(),
                        plain.ack(),
                        plain.consumers(),
                        plain.valueFormat(),
                        100,
                        prefetchBytes,
                        plain.commitIntervalMs());
        try (SourceNode node =
                new SourceNode(
                        root.resolve(topic), SourceNode.ROOMY, broker, SourceNode.gated(sink))) {
            int before = sink.records().size();
            KafkaSource source = node.source(config);
            // joining the group is no part of the question
            SourceNode.until(() -> sink.records().size() > before);
            long startNs = System.nanoTime();
            node.settled(records);
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            assertThat(source.stats().records()).isEqualTo(records);
            return tookMs;
        }
    }

    @Test
    void saysThatATopicIsMissingAndBeginsWhenItIsThere() {
        String topic = "later-" + System.nanoTime();
        try (SourceNode node = node(SourceNode.ROOMY)) {
            KafkaSource source =
                    node.source(SourceNode.config(topic, "g" + topic, AckLevel.STAGED));
            Topics.create(broker, topic, 1);
            Topics.write(broker, Numbered.records(topic, 1, 0, 10, 0));
            node.settled(10);
            assertThat(source.stats().partitions()).isEqualTo(1);
        }
    }
}
