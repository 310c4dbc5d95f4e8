package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random moments: what was acknowledged is there, what was lent is offered again. */
@Timeout(180)
class RingCrashTest {
    private static final int LANES = 2;
    private static final int KILLS_EACH = 25;
    private static final int LONGEST_MS = 200;

    /** Sequences of one life of the child; no life gets that far. */
    private static final long LIFE = 1_000_000;

    @TempDir Path directory;

    private final long seed = Long.getLong("penstock.seed", System.nanoTime());

    @Test
    void losesNothingWhenKilled() throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        List<Future<Integer>> running = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            Path home = Files.createDirectory(directory.resolve("lane" + lane));
            SplittableRandom random = new SplittableRandom(seed + lane);
            running.add(lanes.submit(() -> runLane(home, random)));
        }
        int batches = 0;
        for (Future<Integer> lane : running) {
            batches += lane.get();
        }
        lanes.shutdown();
        assertThat(batches).isGreaterThan(LANES * KILLS_EACH * 10);
    }

    private int runLane(Path home, SplittableRandom random) throws Exception {
        int batches = 0;
        for (int life = 0; life < KILLS_EACH; life++) {
            long from = life * LIFE;
            killOnce(home, from, random.nextInt(LONGEST_MS));
            try {
                batches += verify(home, from);
            } catch (AssertionError | RuntimeException e) {
                String where = "life " + life + " -Dpenstock.seed=" + seed + ": ";
                throw new AssertionError(where + e.getMessage(), e);
            }
            deleteLogs(home);
        }
        return batches;
    }

    private static void killOnce(Path home, long from, int afterMs) throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashChild.class.getName(),
                                home.toString(),
                                Long.toString(from))
                        .redirectError(new File(home.toFile(), "stderr"))
                        .start();
        try (BufferedReader out = child.inputReader()) {
            String said = out.readLine();
            assertThat(said).as(() -> "stderr: " + stderr(home)).isEqualTo("ready");
            TimeUnit.MILLISECONDS.sleep(afterMs);
        } finally {
            child.destroyForcibly().waitFor(); // SIGKILL
        }
        assertThat(child.exitValue()).as("killed, not ended").isEqualTo(128 + 9);
    }

    private static String stderr(Path home) {
        try {
            return Files.readString(home.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Takes all that is left and compares with what the child wrote down. */
    private static int verify(Path home, long from) throws IOException {
        TakerLog log = new TakerLog(lines(home.resolve("taker.log")));
        Ring ring = new RingKit(home.resolve("ring")).open();
        RingCursor cursor = ring.openCursor("a");
        assertThat(ring.stats().quarantinedEntries()).isZero();
        assertThat(ring.ledger("a").residue()).as(() -> ring.ledger("a").toString()).isZero();

        Set<Long> rest = new HashSet<>();
        Take take = cursor.take(50, 100_000);
        while (take != null) {
            log.offered(take);
            RingKit.sequences(take);
            take.forEach(
                    entry -> {
                        long key = CrashChild.key(entry.producerId(), entry.sequence());
                        assertThat(rest.add(key)).as("offered once").isTrue();
                    });
            cursor.commit(take, take.records(), 0, 0);
            take = cursor.take(50, 100_000);
        }
        log.allOffered();
        Set<Long> settled = log.settled();
        for (long key : appended(home)) {
            assertThat(rest.contains(key) ^ settled.contains(key)).as("key " + key).isTrue();
            assertThat(ring.producers().highest(key % 8)).isGreaterThanOrEqualTo(key / 8);
            assertThat(key / 8).isBetween(from, from + LIFE);
        }
        assertThat(ring.ledger("a").residue()).isZero();
        cursor.close();
        ring.close();
        return rest.size() + settled.size();
    }

    /** What the child's taker wrote down, by the first position of its takes. */
    private static final class TakerLog {
        private final Map<Long, Long> ends = new HashMap<>();
        private final Map<Long, Set<Long>> entries = new HashMap<>();
        private final Set<Long> committed = new HashSet<>();

        TakerLog(List<long[]> lines) {
            for (long[] line : lines) {
                if (line[0] == CrashChild.TAKEN) {
                    ends.put(line[1], line[2]);
                } else if (line[0] == CrashChild.COMMITTED) {
                    committed.add(line[1]);
                } else {
                    entries.computeIfAbsent(line[1], first -> new HashSet<>()).add(line[2]);
                }
            }
        }

        void offered(Take take) {
            assertThat(committed).doesNotContain(take.first());
            Long end = ends.remove(take.first());
            if (end != null) {
                assertThat(take.end()).as("the same run").isEqualTo(end);
                assertThat(take.attempt()).isEqualTo(1);
                Set<Long> keys = new HashSet<>();
                take.forEach(e -> keys.add(CrashChild.key(e.producerId(), e.sequence())));
                assertThat(keys).isEqualTo(entries.get(take.first()));
            }
        }

        /** One may have been committed just before the kill, and not written down. */
        void allOffered() {
            ends.keySet().removeAll(committed);
            assertThat(ends.size()).isLessThanOrEqualTo(1);
            committed.addAll(ends.keySet());
        }

        Set<Long> settled() {
            Set<Long> settled = new HashSet<>();
            committed.forEach(first -> settled.addAll(entries.get(first)));
            return settled;
        }
    }

    private static Set<Long> appended(Path home) throws IOException {
        Set<Long> appended = new HashSet<>();
        for (long id = 1; id <= CrashChild.WRITERS; id++) {
            for (long[] line : lines(home.resolve("writer-" + id + ".log"))) {
                for (long n = 0; n < line[2]; n++) {
                    appended.add(CrashChild.key(id, line[1] + n));
                }
            }
        }
        return appended;
    }

    private static List<long[]> lines(Path log) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(log));
        List<long[]> lines = new ArrayList<>();
        while (buffer.remaining() >= 3 * Long.BYTES) {
            lines.add(new long[] {buffer.getLong(), buffer.getLong(), buffer.getLong()});
        }
        return lines;
    }

    private static void deleteLogs(Path home) throws IOException {
        for (long id = 1; id <= CrashChild.WRITERS; id++) {
            Files.delete(home.resolve("writer-" + id + ".log"));
        }
        Files.delete(home.resolve("taker.log"));
    }
}
