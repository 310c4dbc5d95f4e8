package io.penstock.exporter.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.Topics;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.model.AckLevel;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of 8 MB, from a real broker. */
class LargeRecordTest {
    private static final RingConfig DEFAULT =
            new RingConfig(16 << 20, 64 << 20, 1L << 30, 300_000, 64);
    private static final int LARGE = 8_000_000;

    @TempDir private Path root;
    private final GatedSink sink = new GatedSink();
    private KafkaBroker broker;

    @BeforeEach
    void findBroker() throws Exception {
        broker = Topics.sharedBroker();
    }

    private String topic(int... sizes) {
        String topic = Topics.create(broker, 1);
        List<ProducerRecord<byte[], byte[]>> records =
                java.util.stream.IntStream.range(0, sizes.length)
                        .mapToObj(
                                i ->
                                        new ProducerRecord<byte[], byte[]>(
                                                topic, 0, null, value(i, sizes[i])))
                        .toList();
        Topics.write(broker, records);
        return topic;
    }

    private static byte[] value(int number, int size) {
        return ("{\"n\":" + number + ",\"pad\":\"" + "p".repeat(size) + "\"}").getBytes(UTF_8);
    }

    @Test
    void comeInAmongSmallOnesWithEveryKeyAtItsDefault() {
        String topic = topic(10, LARGE, 10, LARGE, 10);
        try (SourceNode node = new SourceNode(root, DEFAULT, broker, SourceNode.gated(sink))) {
            node.source(SourceNode.config(topic, "g" + topic, AckLevel.STAGED));
            node.settled(5);
        }
        assertThat(sink.records())
                .extracting(each -> each.getString("pad").length())
                .containsExactlyInAnyOrder(10, LARGE, 10, LARGE, 10);
    }

    @Test
    void stopTheirPartitionAndNameTheKeyWhereNoSegmentHoldsOne() {
        String topic = topic(10, LARGE);
        try (SourceNode node =
                new SourceNode(root, SourceNode.ROOMY, broker, SourceNode.gated(sink))) {
            KafkaSource source =
                    node.source(SourceNode.config(topic, "g" + topic, AckLevel.STAGED));
            SourceNode.until(() -> source.stats().trouble().contains("ring.segment_bytes"));
        }
    }
}
