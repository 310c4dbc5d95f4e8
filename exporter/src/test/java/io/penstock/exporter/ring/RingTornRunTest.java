package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.segment.EntryFormat;
import io.penstock.exporter.storage.FaultStorage;
import io.penstock.exporter.storage.MappedRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process killed in the middle of a call that writes a run: the kernel looks for the signal
 * between pages, so that any number of them may have been written.
 */
class RingTornRunTest {
    private static final int PAGE = MappedRegion.PAGE_BYTES;

    @TempDir Path directory;

    @Test
    void runCutBetweenAnyTwoPagesLeavesNothingBehind() throws IOException {
        int cuts = 0;
        for (int before = 0; before <= EntryFormat.HEADER_BYTES; before += EntryFormat.ALIGNMENT) {
            for (Path killed : cutRun(before)) {
                expectOneEntry(new RingKit(killed), killed.getFileName().toString());
                cuts++;
            }
        }
        assertThat(cuts).isGreaterThan(30);
    }

    /**
     * Copies of the ring after each page of a run whose second header begins so many bytes before a
     * page ends.
     */
    private List<Path> cutRun(int before) throws IOException {
        Path home = directory.resolve("ring-" + before);
        List<Path> copies = new ArrayList<>();
        FaultStorage storage = new FaultStorage().withoutForces();
        RingKit kit = new RingKit(home);
        kit.storage = storage;
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        long first = RingKit.append(ring, Batch.numbered(1, 100));
        ring.force(); // from now on runs go by calls
        long at = first + EntryFormat.entryBytes(100);
        int body = (int) (2 * PAGE - at % PAGE - before - EntryFormat.HEADER_BYTES);
        storage.afterEachPage(
                () -> {
                    Path copy = directory.resolve("cut-" + before + "-" + copies.size());
                    copies.add(copy);
                    copyAll(home, copy);
                });
        long run = RingKit.append(ring, Batch.numbered(2, body), Batch.numbered(3, 3 * PAGE));
        storage.heal();
        assertThat(run).isEqualTo(at);
        assertThat(RingKit.drain(cursor)).containsExactly(1L, 2L, 3L);
        ring.close();
        return copies;
    }

    private static void expectOneEntry(RingKit kit, String name) throws IOException {
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        assertThat(ring.stats().quarantinedEntries()).as(name).isZero();
        assertThat(RingKit.drain(cursor)).as(name).containsExactly(1L);
        assertThat(RingKit.append(ring, Batch.numbered(4, 20_000))).as(name).isPositive();
        assertThat(RingKit.drain(cursor)).as(name).containsExactly(4L);
        assertThat(ring.ledger("a").residue()).as(name).isZero();
        ring.close();
    }

    private static void copyAll(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectory(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
