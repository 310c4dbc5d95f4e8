package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.segment.EntryFormat;
import io.penstock.exporter.storage.FaultStorage;
import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flipped bits and lost pages: what is damaged is found, what is not is delivered, nothing wrong is
 * ever delivered and nothing crashes.
 */
class RingDamageTest {
    private static final int FLIPS = 400;
    private static final int POWER_LOSSES = 150;

    @TempDir Path directory;

    private final long seed = Long.getLong("penstock.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Entries by position. */
    private final TreeMap<Long, Batch> entries = new TreeMap<>();

    @Test
    void findsEveryFlippedBit() throws IOException {
        Path kept = directory.resolve("kept");
        RingKit kit = kit(kept);
        Ring ring = kit.open();
        ring.openCursor("a").close();
        fill(ring, 150);
        for (int i = 0; i < FLIPS; i++) {
            Path copy = directory.resolve("f" + i);
            copy(kept, copy);
            try {
                flipOne(copy);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("flip " + i + " -Dpenstock.seed=" + seed, e);
            }
            deleteAll(copy);
        }
        ring.close();
    }

    private static RingKit kit(Path path) {
        RingKit kit = new RingKit(path);
        kit.storage = new FaultStorage().withoutForces();
        return kit;
    }

    private void flipOne(Path copy) throws IOException {
        List<Path> files = segmentFiles(copy);
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        long index = index(bytes);
        int at = random.nextInt(20) == 0 ? random.nextInt(52) : random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);

        Ring ring = kit(copy).open();
        List<Long> delivered = RingKit.drain(ring.openCursor("a"));
        long start = index * RingKit.SEGMENT;
        if (at < 52) {
            List<Long> expected = sequences(entries.headMap(start));
            expected.addAll(sequences(entries.tailMap(start + RingKit.SEGMENT)));
            assertThat(delivered).isEqualTo(expected);
        } else {
            assertThat(delivered).isEqualTo(expectedAfterFlip(start + at, ring));
            assertThat(ring.ledger("a").residue()).isBetween(0L, 5L);
        }
        long position = RingKit.append(ring, Batch.numbered(1, 10));
        assertThat(position).isGreaterThan(entries.lastKey());
        ring.close();
    }

    private List<Long> expectedAfterFlip(long position, Ring ring) {
        Map.Entry<Long, Batch> hit = entries.floorEntry(position);
        List<Long> expected = sequences(entries);
        boolean inEntry =
                hit != null
                        && position
                                < hit.getKey()
                                        + EntryFormat.HEADER_BYTES
                                        + hit.getValue().bodyBytes();
        // the commit word is vouched for by the header
        if (inEntry && position >= hit.getKey() + Long.BYTES) {
            expected.remove(hit.getValue().sequence());
            assertThat(ring.stats().quarantinedEntries()).isEqualTo(1);
        }
        return expected;
    }

    @Test
    void keepsWhatWasForcedWhenPowerIsLost() throws IOException {
        for (int i = 0; i < POWER_LOSSES; i++) {
            try {
                entries.clear();
                losePower(directory.resolve("p" + i));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("loss " + i + " -Dpenstock.seed=" + seed, e);
            }
        }
    }

    private void losePower(Path path) throws IOException {
        RingKit kit = kit(path);
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        fill(ring, 20 + random.nextInt(60));
        ring.force();
        long forced = ring.forcedPosition();
        TreeMap<Long, Batch> safe = new TreeMap<>(entries);
        List<Long> settled = new ArrayList<>();
        Take take = RingKit.take(cursor, 50, 100_000);
        settled.addAll(RingKit.sequences(take));
        cursor.commit(take, take.records(), 0, 0);
        byte[] oldCursor = Files.readAllBytes(path.resolve("a.cursor"));
        fill(ring, 20 + random.nextInt(60));
        Take lent = RingKit.take(cursor, 50, 50_000);
        long handedOut = ring.tail();
        if (random.nextBoolean()) {
            Files.write(path.resolve("a.cursor"), oldCursor);
        }
        losePages(path, forced);

        kit.bootId++;
        Ring again = kit.open();
        RingCursor back = again.openCursor("a");
        List<Long> delivered = RingKit.drain(back);
        List<Long> expected = sequences(safe);
        expected.removeAll(settled);
        assertThat(delivered).containsSubsequence(expected).doesNotHaveDuplicates();
        assertThat(sequences(entries)).containsAll(delivered);
        assertThat(lent.first()).isPositive();
        long position = RingKit.append(again, Batch.numbered(1, 10));
        if (position == RingWriter.FULL) {
            position = RingKit.append(again, Batch.numbered(1, 10));
        }
        assertThat(position).isGreaterThan(handedOut);
        assertThat(RingKit.drain(back)).containsExactly(1L);
        again.close();
    }

    /** Pages above what was forced may be there or not. */
    private void losePages(Path path, long forced) throws IOException {
        for (Path file : segmentFiles(path)) {
            byte[] bytes = Files.readAllBytes(file);
            long start = index(bytes) * RingKit.SEGMENT;
            for (int page = 0; page < bytes.length; page += 4096) {
                boolean written = start + page < forced || (page == 0 && start < forced);
                if (!written && random.nextBoolean()) {
                    Arrays.fill(bytes, page, page + 4096, (byte) 0);
                } else if (!written && random.nextInt(8) == 0) {
                    int cut = page + random.nextInt(4096);
                    Arrays.fill(bytes, cut, page + 4096, (byte) 0);
                }
            }
            boolean cutShort = start >= forced && random.nextInt(3) == 0;
            int length = cutShort ? random.nextInt(bytes.length) : bytes.length;
            Files.write(file, Arrays.copyOf(bytes, length));
        }
    }

    private void fill(Ring ring, int batches) {
        for (int i = 0; i < batches; i++) {
            List<Batch> run = new ArrayList<>();
            for (int n = random.nextInt(3); n >= 0; n--) {
                long sequence = (long) entries.size() + run.size();
                run.add(Batch.of(1, sequence, random.nextInt(2000)));
            }
            long position = ring.newWriter(new WriteWindow()).append(run);
            assertThat(position).isPositive();
            for (Batch batch : run) {
                entries.put(position, batch);
                position += EntryLayout.entryBytes(batch.bodyBytes());
            }
        }
    }

    private static List<Long> sequences(Map<Long, Batch> entries) {
        List<Long> sequences = new ArrayList<>();
        entries.values().forEach(batch -> sequences.add(batch.sequence()));
        return sequences;
    }

    private static long index(byte[] segment) {
        return ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
    }

    private static List<Path> segmentFiles(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".seg")).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private static void deleteAll(Path path) throws IOException {
        try (var files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
