package io.penstock.perf.bench;

import io.penstock.exporter.ring.PutEntry;
import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingConfig;
import io.penstock.exporter.ring.RingCursor;
import io.penstock.exporter.ring.RingEnvironment;
import io.penstock.exporter.ring.RingWriter;
import io.penstock.exporter.ring.SlotWriter;
import io.penstock.exporter.storage.DiskBudget;
import io.penstock.exporter.storage.WriteWindow;
import io.penstock.perf.load.AccessLogBatches;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.wire.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A ring in a temporary directory and one batch to append, in pieces as HTTP/2 delivers it. */
final class BenchRing {
    private static final long SEGMENT_BYTES = 16 << 20;
    private static final long RING_BYTES = 256 << 20;
    private static final int MAX_PRODUCERS = 1024;
    private static final int FRAME_BYTES = 16 << 10;

    private final Path directory;
    private final ExecutorService files;
    private final Ring ring;
    private final RingWriter writer;
    private final List<Put> run;

    private BenchRing(Path directory, ExecutorService files, Ring ring, Batch batch) {
        this.directory = directory;
        this.files = files;
        this.ring = ring;
        this.writer = ring.newWriter(new WriteWindow());
        this.run = List.of(new Put(batch.bytes(), batch.records()));
    }

    static BenchRing open(BatchSize size) throws IOException {
        Path directory = Files.createTempDirectory("penstock-bench");
        ExecutorService files = Executors.newSingleThreadExecutor();
        RingConfig config = new RingConfig(SEGMENT_BYTES, RING_BYTES, RING_BYTES, MAX_PRODUCERS);
        RingEnvironment environment = RingEnvironment.of(files, new DiskBudget(RING_BYTES));
        Ring ring = Ring.open(directory, config, environment);
        Batch batch = AccessLogBatches.of(size, 1, 1).get(0);
        return new BenchRing(directory, files, ring, batch);
    }

    RingCursor cursor() throws IOException {
        return ring.openCursor("bench");
    }

    /** Appends the batch, waiting for a segment when the disk is slower than the benchmark. */
    long append() {
        long position = writer.append(run);
        while (position == RingWriter.FULL) {
            Thread.onSpinWait();
            position = writer.append(run);
        }
        return position;
    }

    void close() throws IOException {
        ring.close();
        files.shutdown();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The batch as an entry. */
    private static final class Put implements PutEntry {
        private final byte[] body;
        private final int records;

        Put(byte[] body, int records) {
            this.body = body;
            this.records = records;
        }

        @Override
        public int records() {
            return records;
        }

        @Override
        public int bodyBytes() {
            return body.length;
        }

        @Override
        public byte encoding() {
            return 1;
        }

        @Override
        public long producerId() {
            return 0;
        }

        @Override
        public long sequence() {
            return 0;
        }

        @Override
        public long arrivedMs() {
            return 1;
        }

        @Override
        public void writeBody(SlotWriter slot) {
            for (int at = 0; at < body.length; at += FRAME_BYTES) {
                slot.put(body, at, Math.min(FRAME_BYTES, body.length - at));
            }
        }
    }
}
