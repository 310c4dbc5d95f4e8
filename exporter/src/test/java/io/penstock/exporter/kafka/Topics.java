package io.penstock.exporter.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Topics of a broker as tests see them. The shared broker ends with the process of the tests. */
public final class Topics {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int WAIT_SECONDS = 20;

    private static @Nullable KafkaBroker shared;

    private Topics() {}

    /** A broker for tests that leave it alone; started once. */
    public static synchronized KafkaBroker sharedBroker() throws IOException, InterruptedException {
        KafkaBroker running = shared;
        if (running == null) {
            Path directory = Files.createTempDirectory(Path.of("target"), "kafka-");
            running = KafkaBroker.start(directory.toAbsolutePath());
            Runtime.getRuntime().addShutdownHook(new Thread(running::closeAndDelete));
            shared = running;
        }
        return running;
    }

    /** A new topic with a name of its own. */
    public static String create(KafkaBroker broker, int partitions) {
        String name = "topic-" + COUNT.incrementAndGet() + "-" + System.nanoTime();
        create(broker, name, partitions);
        return name;
    }

    /**
     * A new topic whose leaders answer. Before they do, a producer whose first batch is refused and
     * whose second is taken goes round in OUT_OF_ORDER_SEQUENCE_NUMBER until its time is over.
     */
    public static void create(KafkaBroker broker, String name, int partitions) {
        Map<TopicPartition, OffsetSpec> ends =
                IntStream.range(0, partitions)
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        each -> new TopicPartition(name, each),
                                        each -> OffsetSpec.latest()));
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (!answers(admin, ends) && System.nanoTime() < endNs) {
                Thread.onSpinWait();
            }
        } catch (Exception failed) {
            throw new AssertionError("topic " + name + " was not made", failed);
        }
    }

    private static boolean answers(Admin admin, Map<TopicPartition, OffsetSpec> ends)
            throws InterruptedException, TimeoutException {
        try {
            admin.listOffsets(ends).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException notYetKnownEverywhere) {
            return false;
        }
    }

    /**
     * Everything that a read_committed consumer sees of a topic, once no transaction is open there.
     * Commit markers reach the partitions a moment after a commit is answered.
     */
    public static List<ConsumerRecord<byte[], byte[]>> committed(KafkaBroker broker, String topic) {
        Properties settings = settings(broker);
        settings.put("isolation.level", "read_committed");
        settings.put("max.partition.fetch.bytes", "16777216");
        try (var consumer = consumer(settings);
                var ends = consumer(settings(broker))) {
            List<TopicPartition> all =
                    consumer.partitionsFor(topic).stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            return readTo(consumer, ends.endOffsets(all));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Properties settings) {
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<ConsumerRecord<byte[], byte[]>> readTo(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Collection<TopicPartition> open = new HashSet<>(ends.keySet());
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        open.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
        while (!open.isEmpty()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError(open + " not read to " + ends);
            }
            consumer.poll(POLL).forEach(records::add);
            open.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
        }
        return records;
    }

    /** Writes records; the key may be null. */
    public static void write(KafkaBroker broker, List<ProducerRecord<byte[], byte[]>> records) {
        try (var producer =
                new KafkaProducer<>(
                        settings(broker), new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = records.stream().map(producer::send).toList();
            producer.flush();
            for (var each : sent) {
                each.get(WAIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (Exception failed) {
            throw new AssertionError("not written", failed);
        }
    }

    private static Properties settings(KafkaBroker broker) {
        Properties settings = new Properties();
        settings.putAll(broker.clientProperties());
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("max.request.size", String.valueOf(KafkaBroker.MAX_RECORD_BYTES));
        settings.put("batch.size", "262144");
        return settings;
    }
}
