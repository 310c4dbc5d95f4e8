package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.storage.FaultStorage;
import io.penstock.exporter.storage.WriteWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several writers and several cursors at once, with maintenance, forces and ledgers beside. */
@Timeout(60)
class RingConcurrencyTest {
    private static final int WRITERS = 3;
    private static final int BATCHES_EACH = 15_000;

    @TempDir Path directory;

    private final ExecutorService files = Executors.newSingleThreadExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void stop() throws InterruptedException {
        done.set(true);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        files.shutdown();
    }

    @Test
    void everyCursorSeesEveryBatchOnceAndEachWritersInOrder() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        RingKit kit = new RingKit(directory);
        kit.files = files;
        kit.storage = new FaultStorage().withoutForces();
        Ring ring = kit.open();
        List<Future<Void>> running = new ArrayList<>();
        List<Future<Void>> readers = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            RingCursor cursor = ring.openCursor(name);
            readers.add(submit(() -> read(cursor, new SplittableRandom(seed))));
        }
        for (int writer = 1; writer <= WRITERS; writer++) {
            long id = writer;
            running.add(submit(() -> write(ring, id, new SplittableRandom(seed + id))));
        }
        Future<Void> watcher = submit(() -> watch(ring));
        try {
            for (Future<Void> writer : running) {
                writer.get();
            }
            for (Future<Void> reader : readers) {
                reader.get();
            }
            done.set(true);
            watcher.get();
        } catch (Exception e) {
            throw new AssertionError("-Dpenstock.seed=" + seed, e);
        }
        for (String name : ring.cursors()) {
            RingLedger ledger = ring.ledger(name);
            assertThat(ledger.residue()).isZero();
            assertThat(ledger.delivered()).isEqualTo(ring.acceptedRecords());
        }
        assertThat(ring.stats().quarantinedEntries()).isZero();
        ring.close();
    }

    private Future<Void> submit(Callable<Void> task) {
        return threads.submit(task);
    }

    private static Void write(Ring ring, long id, SplittableRandom random) throws Exception {
        RingWriter writer = ring.newWriter(new WriteWindow());
        long sequence = 0;
        while (sequence < BATCHES_EACH) {
            List<Batch> run = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                run.add(Batch.of(id, sequence + run.size(), random.nextInt(600)));
            }
            while (writer.append(run) < 0) {
                // the readers make room
                LockSupport.parkNanos(1000);
            }
            sequence += run.size();
        }
        return null;
    }

    /** Takes until it has seen all, waiting only by the hand-shake. */
    private static Void read(RingCursor cursor, SplittableRandom random) throws Exception {
        Semaphore wake = new Semaphore(0);
        cursor.onWake(wake::release);
        Map<Long, Long> next = new HashMap<>();
        List<Take> held = new ArrayList<>();
        long seen = 0;
        while (seen < (long) WRITERS * BATCHES_EACH || !held.isEmpty()) {
            Take take = cursor.take(1 + random.nextInt(200), 1 + random.nextInt(20_000));
            if (take != null && random.nextInt(4) == 0) {
                cursor.rollback(take);
                continue;
            }
            if (take != null && take.attempt() < 100) {
                seen += see(take, next);
                held.add(take);
            }
            if (held.size() > 5 || (take == null && !held.isEmpty())) {
                Take settled = held.remove(random.nextInt(held.size()));
                cursor.commit(settled, settled.records(), 0, 0);
            } else if (take == null && cursor.arm()) {
                assertThat(wake.tryAcquire(20, TimeUnit.SECONDS)).as("woken").isTrue();
                wake.drainPermits();
            }
        }
        return null;
    }

    private static int see(Take take, Map<Long, Long> next) {
        int[] count = {0};
        take.forEach(
                entry -> {
                    byte[] body = new byte[entry.bodyBytes()];
                    entry.copyBody(body, 0);
                    Batch expected = Batch.of(entry.producerId(), entry.sequence(), body.length);
                    assertThat(body).isEqualTo(expected.body());
                    long due = next.getOrDefault(entry.producerId(), 0L);
                    assertThat(entry.sequence()).isEqualTo(due);
                    next.put(entry.producerId(), due + 1);
                    count[0]++;
                });
        return count[0];
    }

    private Void watch(Ring ring) throws Exception {
        while (!done.get()) {
            for (String name : ring.cursors()) {
                assertThat(ring.ledger(name).residue()).isZero();
            }
            long tail = ring.tail();
            ring.force();
            assertThat(ring.forcedPosition()).isPositive();
            assertThat(ring.stats().tail()).isGreaterThanOrEqualTo(tail);
            assertThat(ring.stats().diskBytes()).isLessThanOrEqualTo(RingKit.CONFIG.maxBytes());
        }
        return null;
    }
}
