package io.penstock.perf.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Topics of a broker, from outside. Threading: confined to one thread. */
final class Topics implements AutoCloseable {
    /** Partitions of every topic: as many as a small machine has cores. */
    static final int PARTITIONS = 2;

    private static final long WITHIN_S = 30;

    private final Admin admin;

    Topics(String servers) {
        admin =
                Admin.create(
                        Map.of(
                                "bootstrap.servers",
                                servers,
                                "reconnect.backoff.max.ms",
                                "100",
                                "request.timeout.ms",
                                "10000",
                                "default.api.timeout.ms",
                                "20000"));
    }

    /** Returns when the broker knows its cluster; the client tries again until then. */
    void awaitAnswer() throws IOException, InterruptedException {
        get(admin.describeCluster().nodes());
    }

    void create(String topic) throws IOException, InterruptedException {
        get(admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all());
    }

    void delete(String topic) throws IOException, InterruptedException {
        get(admin.deleteTopics(List.of(topic)).all());
    }

    /** Records that were ever written to a topic. */
    long written(String topic) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return get(admin.listOffsets(ends).all()).values().stream()
                .mapToLong(each -> each.offset())
                .sum();
    }

    private static <T> T get(KafkaFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(WITHIN_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("the broker: " + failed, failed);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(1));
    }
}
