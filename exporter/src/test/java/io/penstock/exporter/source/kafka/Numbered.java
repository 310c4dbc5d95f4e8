package io.penstock.exporter.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Kafka records that can be told apart. */
final class Numbered {
    private Numbered() {}

    /** Records {@code [from, to)}, spread over the partitions. */
    static List<ProducerRecord<byte[], byte[]>> records(
            String topic, int partitions, int from, int to, int padding) {
        String pad = "p".repeat(padding);
        return IntStream.range(from, to)
                .mapToObj(
                        i ->
                                new ProducerRecord<byte[], byte[]>(
                                        topic,
                                        i % partitions,
                                        ("k" + i).getBytes(UTF_8),
                                        ("{\"n\":" + i + ",\"pad\":\"" + pad + "\"}")
                                                .getBytes(UTF_8)))
                .toList();
    }

    static List<Integer> numbers(List<JsonObject> records) {
        return records.stream().map(each -> each.getInteger("n")).toList();
    }

    static List<Integer> all(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
