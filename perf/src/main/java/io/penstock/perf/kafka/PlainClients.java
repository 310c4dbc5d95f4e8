package io.penstock.perf.kafka;

import io.penstock.perf.side.BrokerSide;
import io.penstock.perf.side.ChildJvm;
import io.penstock.perf.side.JvmOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Kafka's own clients, which do nothing but what is asked. */
final class PlainClients {
    private static final String PERFORMANCE = "org.apache.kafka.tools.ProducerPerformance";
    private static final long FILL_WITHIN_MS = 600_000;

    private final KafkaSettings settings;
    private final String servers;
    private final Path directory;

    PlainClients(KafkaSettings settings, String servers, Path directory) {
        this.settings = settings;
        this.servers = servers;
        this.directory = directory;
    }

    /** What the Kafka sink sets by default, so that both sides have the same. */
    static Map<String, String> producerSettings(String servers) {
        Map<String, String> same = new TreeMap<>();
        same.put("bootstrap.servers", servers);
        same.put("acks", "all");
        same.put("enable.idempotence", "true");
        same.put("compression.type", "lz4");
        same.put("batch.size", String.valueOf(256 << 10));
        same.put("linger.ms", "0");
        same.put("max.request.size", String.valueOf(1 << 20));
        same.put("buffer.memory", String.valueOf(32 << 20));
        return same;
    }

    /** ProducerPerformance, as fast as it can, for a very long time. */
    Writer performance(String topic, Path payloads) throws IOException {
        return Writer.of(performance(topic, payloads, Long.MAX_VALUE));
    }

    /** Fills a topic with so many records. */
    void fill(String topic, Path payloads, long records) throws IOException, InterruptedException {
        try (ChildJvm filling = performance(topic, payloads, records)) {
            int code =
                    filling.await(
                            FILL_WITHIN_MS, output -> Optional.ofNullable(filling.exitCode()));
            if (code != 0) {
                throw new IOException("filling " + topic + ": " + filling.lastWords());
            }
        }
    }

    private ChildJvm performance(String topic, Path payloads, long records) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--topic", topic, "--payload-file", payloads.toString()));
        arguments.addAll(List.of("--num-records", String.valueOf(records), "--throughput", "-1"));
        arguments.add("--producer-props");
        producerSettings(servers).forEach((key, value) -> arguments.add(key + "=" + value));
        Path tool = BrokerSide.servers("perf").resolve("producer-performance");
        return ChildJvm.start(
                tool + File.separator + "*" + File.pathSeparator + JvmOptions.classPath(),
                PERFORMANCE,
                arguments,
                settings.options(),
                settings.cores(),
                directory.resolve("performance.log"));
    }

    /** Polls and sends. */
    Writer loop(String from, String to, String group) throws IOException {
        return Writer.of(
                ChildJvm.start(
                        PlainLoop.class,
                        List.of(servers, from, to, group),
                        settings.options(),
                        settings.cores(),
                        directory.resolve("loop.log")));
    }
}
