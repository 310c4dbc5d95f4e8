package io.penstock.gateway.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.Topics;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments under load, before sinks that promise exactly once: a topic as
 * a read_committed reader sees it, and published Parquet files as DuckDB reads them, hold what was
 * acknowledged, each record once. The ledger is checked when the gateway is closed.
 */
class KafkaKillTest {

    private static final int KILLS = Integer.getInteger("penstock.kills", 10);
    private static final int PARTITIONS = 2;
    private static final int SHORTEST_LIFE_MS = 300;
    private static final int LONGEST_LIFE_MS = 2_000;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_MS = 500;
    private static final long[] PRODUCERS = {2001, 2002, 2003};
    private static final String[] ACKS = {"staged", "synced", "staged"};

    private final AtomicBoolean goOn = new AtomicBoolean(true);

    @Test
    void topicAndFilesHoldEveryAcknowledgedRecordOnce(@TempDir Path directory) throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("KafkaKillTest: -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Path objects = directory.resolve("objects");
        Path home = Files.createDirectories(directory.resolve("broker"));
        try (KafkaBroker broker = KafkaBroker.start(home)) {
            String topic = Topics.create(broker, PARTITIONS);
            try (GatewayProcess gateway =
                    new GatewayProcess(directory, exports(broker, topic, objects))) {
                gateway.start();
                List<StubbornProducer> producers = new ArrayList<>();
                List<Thread> threads = startProducers(gateway.port(), producers);
                for (int kill = 0; kill < KILLS; kill++) {
                    Thread.sleep(random.nextInt(SHORTEST_LIFE_MS, LONGEST_LIFE_MS));
                    gateway.kill();
                    gateway.start();
                }
                goOn.set(false);
                for (Thread thread : threads) {
                    thread.join();
                }
                List<String> acknowledged =
                        producers.stream().flatMap(each -> each.acknowledged().stream()).toList();

                List<String> committed = awaitAll(broker, topic, acknowledged.size());
                assertThat(gateway.stop()).isZero();

                assertThat(acknowledged).hasSizeGreaterThan(KILLS);
                assertOnce("topic", acknowledged, committed);
                assertOnce("files", acknowledged, idsOf(objects));
                assertThat(published(objects)).as("files, published on the way").isGreaterThan(2);
            }
        }
    }

    private static String exports(KafkaBroker broker, String topic, Path objects) {
        return """
               ring: {segment_bytes: 1MiB, max_bytes: 64MiB}
               exports:
                 - name: to-kafka
                   repo: kill
                   sink: {type: kafka, cluster: '%s', topic: %s, exactly_once: true}
                 - name: to-objects
                   repo: kill
                   sink: {type: object, target: 'file://%s', max_age_ms: 1s, marker: ''}
               """
                .formatted(broker.bootstrapServers(), topic, objects);
    }

    private List<Thread> startProducers(int port, List<StubbornProducer> producers) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PRODUCERS.length; i++) {
            StubbornProducer producer =
                    new StubbornProducer(port, PRODUCERS[i], ACKS[i], goOn::get);
            producers.add(producer);
            Thread thread = new Thread(producer, "producer-" + PRODUCERS[i]);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private static void assertOnce(String where, List<String> wanted, List<String> arrived) {
        Set<String> lost = new HashSet<>(wanted);
        arrived.forEach(lost::remove);
        assertThat(lost).as("acknowledged, but not in the %s", where).isEmpty();
        Set<String> seen = new HashSet<>();
        List<String> twice = arrived.stream().filter(each -> !seen.add(each)).toList();
        assertThat(twice).as("more than once in the %s", where).isEmpty();
        assertThat(arrived).as("in the %s", where).hasSameSizeAs(wanted);
    }

    /** The ids that a read_committed reader sees, once there are so many, or time is up. */
    private static List<String> awaitAll(KafkaBroker broker, String topic, int count)
            throws InterruptedException {
        long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
        List<String> ids = ids(broker, topic);
        // second copies do not count here
        while (new HashSet<>(ids).size() < count && System.nanoTime() < end) {
            Thread.sleep(LOOK_MS);
            ids = ids(broker, topic);
        }
        return ids;
    }

    private static List<String> ids(KafkaBroker broker, String topic) {
        return Topics.committed(broker, topic).stream()
                .map(each -> new JsonObject(new String(each.value(), UTF_8)).getString("id"))
                .toList();
    }

    private static List<String> idsOf(Path objects) throws Exception {
        List<String> ids = new ArrayList<>();
        String select = "SELECT id FROM read_parquet('" + objects + "/**/*.parquet')";
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private static long published(Path objects) throws Exception {
        try (Stream<Path> files = Files.walk(objects)) {
            return files.filter(each -> each.toString().endsWith(".parquet")).count();
        }
    }
}
