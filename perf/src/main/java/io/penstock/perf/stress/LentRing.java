package io.penstock.perf.stress;

import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingConfig;
import io.penstock.exporter.ring.RingCursor;
import io.penstock.exporter.ring.RingEnvironment;
import io.penstock.exporter.ring.RingWriter;
import io.penstock.exporter.ring.Take;
import io.penstock.exporter.storage.DiskBudget;
import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A ring with two writers and a cursor, lent to one state of a test at a time. Small segments, so
 * that states cross from one to the next now and then.
 */
final class LentRing {
    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int RING_BYTES = 1 << 20;
    private static final int MAX_PRODUCERS = 64;
    private static final long ROOM_WITHIN_NS = 10_000_000_000L;
    private static final Path ROOT = root();
    private static final DiskBudget DISK = new DiskBudget(8L << 30);
    private static final Executor FILES =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread thread = new Thread(work, "stress-files");
                        thread.setDaemon(true);
                        return thread;
                    });

    private static final ConcurrentLinkedQueue<LentRing> FREE = new ConcurrentLinkedQueue<>();
    private static final AtomicLong MADE = new AtomicLong();
    private static final AtomicLong PRODUCERS = new AtomicLong();

    final RingWriter left;
    final RingWriter right;
    final RingCursor cursor;
    final Ring ring;

    private LentRing() {
        try {
            Path directory = Files.createDirectory(ROOT.resolve("ring" + MADE.incrementAndGet()));
            RingConfig config =
                    new RingConfig(SEGMENT_BYTES, RING_BYTES, RING_BYTES, MAX_PRODUCERS);
            ring = Ring.open(directory, config, RingEnvironment.of(FILES, DISK));
            left = ring.newWriter(new WriteWindow());
            right = ring.newWriter(new WriteWindow());
            cursor = ring.openCursor("stress");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty ring. */
    static LentRing lend() {
        LentRing free = FREE.poll();
        return free == null ? new LentRing() : free;
    }

    /** A producer that no other state uses. */
    static long newProducer() {
        return PRODUCERS.incrementAndGet();
    }

    /** Appends a run, waiting for the next segment when it is not ready yet. */
    static void append(RingWriter writer, Entry... run) {
        List<Entry> entries = List.of(run);
        long deadline = System.nanoTime() + ROOM_WITHIN_NS;
        long answer = writer.append(entries);
        while (answer == RingWriter.FULL && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
            answer = writer.append(entries);
        }
        if (answer < 0) {
            throw new IllegalStateException("an empty ring refuses: " + answer);
        }
    }

    /**
     * Takes and commits everything.
     *
     * @return the entries seen, in order, "torn" for one whose bytes are wrong; "-" for none
     */
    String drain() {
        StringBuilder seen = new StringBuilder();
        Take take = cursor.take(Integer.MAX_VALUE, Long.MAX_VALUE);
        while (take != null) {
            take.forEach(view -> seen.append(Entry.read(view)));
            cursor.commit(take, take.records(), 0, 0);
            take = cursor.take(Integer.MAX_VALUE, Long.MAX_VALUE);
        }
        return seen.isEmpty() ? "-" : seen.toString();
    }

    /** Back into the pool; everything in the ring is settled. */
    void giveBack() {
        cursor.onWake(() -> {});
        cursor.wake(); // nobody is armed any more
        FREE.add(this);
    }

    /** A directory for files of the stress tests, which goes away with the process. */
    static Path root() {
        try {
            Path root = Files.createTempDirectory("penstock-stress");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(root)));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + root + ", " + e.getMessage());
        }
    }
}
