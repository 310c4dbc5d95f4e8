package io.penstock.exporter.ring;

import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The process that is killed: appends from several threads, takes and commits from another, and
 * writes down what it was told, each line by one write to a file, which a kill cannot tear.
 */
final class CrashChild {
    static final int WRITERS = 3;

    /** Kinds of lines in the log: three longs each. */
    static final long APPENDED = 1;

    static final long TAKEN = 2;
    static final long COMMITTED = 3;
    static final long ENTRY = 4;

    private static final long FORCE_EVERY_MS = 20;

    /** One number for a producer and its sequence. */
    static long key(long producer, long sequence) {
        return sequence * 8 + producer;
    }

    private CrashChild() {}

    /** Arguments: directory of the ring, first sequence. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        long from = Long.parseLong(arguments[1]);
        RingKit kit = new RingKit(directory.resolve("ring"));
        kit.files = Executors.newSingleThreadExecutor();
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        ExecutorService threads = Executors.newCachedThreadPool();
        for (long id = 1; id <= WRITERS; id++) {
            long producer = id;
            FileChannel log = log(directory, "writer-" + id);
            threads.execute(() -> write(ring, producer, from, log));
        }
        threads.execute(() -> force(ring));
        FileChannel log = log(directory, "taker");
        threads.execute(() -> take(cursor, log));
        System.out.println("ready");
    }

    private static FileChannel log(Path directory, String name) throws IOException {
        return FileChannel.open(
                directory.resolve(name + ".log"),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static void line(FileChannel log, long kind, long first, long second) {
        ByteBuffer buffer = ByteBuffer.allocate(3 * Long.BYTES);
        buffer.putLong(kind).putLong(first).putLong(second).flip();
        try {
            log.write(buffer);
        } catch (IOException e) {
            Runtime.getRuntime().halt(3);
        }
    }

    private static void force(Ring ring) {
        while (true) {
            try {
                ring.force();
                Thread.sleep(FORCE_EVERY_MS);
            } catch (IOException | InterruptedException e) {
                Runtime.getRuntime().halt(3);
            }
        }
    }

    private static void write(Ring ring, long producer, long from, FileChannel log) {
        SplittableRandom random = new SplittableRandom(from + producer);
        RingWriter writer = ring.newWriter(new WriteWindow());
        for (long sequence = from; ; ) {
            List<Batch> run = new ArrayList<>();
            // now and then so much that it goes through a window, since the ring is forced
            int largest = random.nextInt(5) == 0 ? 12_000 : 3_000;
            for (int n = random.nextInt(4); n >= 0; n--) {
                run.add(Batch.of(producer, sequence + run.size(), random.nextInt(largest)));
            }
            long position = writer.append(run);
            if (position >= 0) {
                line(log, APPENDED, sequence, run.size());
                sequence += run.size();
            }
        }
    }

    private static void take(RingCursor cursor, FileChannel log) {
        SplittableRandom random = new SplittableRandom(1);
        List<Take> held = new ArrayList<>();
        while (true) {
            Take take = cursor.take(1 + random.nextInt(30), 1 + random.nextInt(30_000));
            if (take != null) {
                take.forEach(
                        entry -> {
                            long key = key(entry.producerId(), entry.sequence());
                            line(log, ENTRY, take.first(), key);
                        });
                line(log, TAKEN, take.first(), take.end());
                held.add(take);
            }
            if (held.size() > 6 || (take == null && !held.isEmpty())) {
                Take settled = held.remove(random.nextInt(held.size()));
                cursor.commit(settled, settled.records(), 0, 0);
                line(log, COMMITTED, settled.first(), settled.end());
            }
        }
    }
}
