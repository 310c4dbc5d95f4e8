package io.penstock.exporter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit itself. */
class KafkaBrokerTest {

    @Test
    void keepsItsRecordsThroughAKill(@TempDir Path directory) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            String topic = Topics.create(broker, 2);
            Topics.write(
                    broker,
                    List.of(
                            new ProducerRecord<>(topic, 0, null, "a".getBytes(UTF_8)),
                            new ProducerRecord<>(topic, 1, null, "b".getBytes(UTF_8))));
            broker.kill();
            broker.restart();
            assertThat(Topics.committed(broker, topic))
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactlyInAnyOrder("a", "b");
        }
    }
}
