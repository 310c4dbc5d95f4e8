package io.penstock.exporter.ring;

import io.penstock.exporter.storage.DiskBudget;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** A ring with small segments, whose maintenance runs on the thread that asks for it. */
public final class RingKit {
    public static final int SEGMENT = 64 * 1024;
    public static final RingConfig CONFIG = new RingConfig(SEGMENT, 2L * SEGMENT, 8L * SEGMENT, 16);

    final Path directory;
    final AtomicLong nowMs = new AtomicLong(1_000_000);
    public Storage storage = new DiskStorage();
    public RingConfig config = CONFIG;
    public Executor files = Runnable::run;
    public DiskBudget disk = new DiskBudget(1L << 40);
    public long bootId = 7;

    private final SplittableRandom random = new SplittableRandom(42);

    public RingKit(Path directory) {
        this.directory = directory;
    }

    public RingKit with(RingConfig other) {
        this.config = other;
        return this;
    }

    public Ring open() throws IOException {
        return Ring.open(directory, config, environment());
    }

    public RingEnvironment environment() {
        return new RingEnvironment(storage, nowMs::get, files, disk, random::nextLong, bootId);
    }

    public static long append(Ring ring, Batch... run) {
        return ring.newWriter(new WriteWindow()).append(List.of(run));
    }

    /** Takes what must be there. */
    public static Take take(RingCursor cursor, int maxRecords, long maxBytes) {
        return Objects.requireNonNull(cursor.take(maxRecords, maxBytes), "nothing to take");
    }

    /** Everything that can be taken, committed. */
    public static List<Long> drain(RingCursor cursor) {
        List<Long> sequences = new ArrayList<>();
        Take take = cursor.take(1000, 1 << 20);
        while (take != null) {
            sequences.addAll(sequences(take));
            cursor.commit(take, take.records(), 0, 0);
            take = cursor.take(1000, 1 << 20);
        }
        return sequences;
    }

    /** Sequences of a take; every body is checked. */
    public static List<Long> sequences(Take take) {
        List<Long> sequences = new ArrayList<>();
        take.forEach(
                entry -> {
                    byte[] body = new byte[entry.bodyBytes()];
                    entry.copyBody(body, 0);
                    Batch expected = Batch.of(entry.producerId(), entry.sequence(), body.length);
                    if (!Arrays.equals(body, expected.body())
                            || entry.records() != expected.records()) {
                        throw new AssertionError("wrong bytes at " + entry.position());
                    }
                    sequences.add(entry.sequence());
                });
        return sequences;
    }
}
