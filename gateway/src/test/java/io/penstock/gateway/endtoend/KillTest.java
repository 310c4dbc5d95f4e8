package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments under load: nothing acknowledged is lost, nothing arrives
 * twice.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("penstock.kills", 50);
    private static final int LONGEST_LIFE_MS = 900;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9-]+)\"");
    private static final long[] PRODUCERS = {1001, 1002, 1003, 1004};
    private static final String[] ACKS = {"staged", "synced", "staged", "synced"};

    private final AtomicBoolean goOn = new AtomicBoolean(true);

    @Test
    void losesNothingAndSendsNothingTwice(@TempDir Path directory)
            throws IOException, InterruptedException {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("KillTest: -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Path files = directory.resolve("files");
        try (CountingReceiver receiver = new CountingReceiver(n -> n % 13 == 5);
                GatewayProcess gateway =
                        new GatewayProcess(directory, exports(files, receiver.url()))) {
            gateway.start();
            List<StubbornProducer> producers = new ArrayList<>();
            List<Thread> threads = startProducers(gateway.port(), producers);

            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(random.nextInt(LONGEST_LIFE_MS));
                gateway.kill();
                gateway.start();
            }
            goOn.set(false);
            for (Thread thread : threads) {
                thread.join();
            }

            Set<String> acknowledged = new HashSet<>();
            producers.forEach(p -> acknowledged.addAll(p.acknowledged()));
            awaitAll(acknowledged, receiver);
            assertThat(gateway.stop()).isZero();

            assertThat(acknowledged).hasSizeGreaterThan(KILLS);
            assertThat(receiver.contradictions()).isEmpty();
            assertOnce("http", acknowledged, ids(receiver.lines()));
            assertOnce("file", acknowledged, idsOf(files));
        }
    }

    private static String exports(Path files, String url) {
        return """
               ring: {segment_bytes: 1MiB, max_bytes: 64MiB}
               exports:
                 - name: to-files
                   repo: kill
                   sink: {type: file, directory: '%s', format: ndjson}
                 - name: to-http
                   repo: kill
                   concurrency: 4
                   sink: {type: http, url: '%s', format: ndjson}
               """
                .formatted(files, url);
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

    private static void awaitAll(Set<String> acknowledged, CountingReceiver receiver)
            throws InterruptedException {
        long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            if (ids(receiver.lines()).keySet().containsAll(acknowledged)) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private static void assertOnce(
            String sink, Set<String> acknowledged, Map<String, Integer> arrived) {
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(arrived.keySet());
        assertThat(lost).as("acknowledged but not at sink %s", sink).isEmpty();
        Map<String, Integer> twice = new HashMap<>(arrived);
        twice.values().removeIf(times -> times == 1);
        assertThat(twice).as("more than once at sink %s", sink).isEmpty();
    }

    private static Map<String, Integer> ids(Stream<String> lines) {
        Map<String, Integer> times = new HashMap<>();
        lines.forEach(
                line -> {
                    Matcher id = ID.matcher(line);
                    assertThat(id.find()).as("a line without id: %s", line).isTrue();
                    times.merge(id.group(1), 1, Integer::sum);
                });
        return times;
    }

    private static Map<String, Integer> idsOf(Path directory) throws IOException {
        Map<String, Integer> times = new HashMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    ids(lines).forEach((id, count) -> times.merge(id, count, Integer::sum));
                }
            }
        }
        return times;
    }
}
