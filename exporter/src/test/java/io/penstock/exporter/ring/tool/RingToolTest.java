package io.penstock.exporter.ring.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.cursor.CursorFile;
import io.penstock.exporter.cursor.CursorLayout;
import io.penstock.exporter.ring.Batch;
import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingCursor;
import io.penstock.exporter.ring.RingKit;
import io.penstock.exporter.ring.RingSnapshot;
import io.penstock.exporter.ring.Take;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.LockedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingToolTest {
    private static final int BATCHES = 60;

    @TempDir Path home;

    private Path directory;
    private RingKit kit;
    private RingInspector inspector;

    @BeforeEach
    void prepare() {
        directory = home.resolve("ring");
        kit = new RingKit(directory);
        inspector = new RingInspector(new DiskStorage(), directory);
    }

    /** A ring with some entries taken, settled and neither. */
    private Ring fill() throws IOException {
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a/b");
        ring.openCursor("late");
        for (long i = 0; i < BATCHES; i++) {
            assertThat(RingKit.append(ring, Batch.of(1, i, 3000))).isPositive();
        }
        Take first = RingKit.take(cursor, 10, 100_000);
        RingKit.take(cursor, 10, 100_000);
        Take third = RingKit.take(cursor, 10, 100_000);
        cursor.commit(third, third.records(), 0, 0);
        cursor.commit(first, first.records() - 1, 1, 0);
        return ring;
    }

    @Test
    void listsALiveRing() throws IOException {
        Ring ring = fill();
        RingListing listing = inspector.list();
        assertThat(listing.epoch()).isEqualTo(ring.epoch());
        assertThat(listing.snapshot()).isEqualTo(RingSnapshot.Status.GOOD);
        assertThat(listing.closed()).isFalse();
        assertThat(listing.tail()).isEqualTo(ring.tail());
        assertThat(listing.head()).isEqualTo(ring.head());
        assertThat(listing.segments().size()).isBetween(3, 4);
        assertThat(listing.bytes()).isGreaterThan(ring.stats().diskBytes());
        CursorRow row = listing.cursors().get(0);
        assertThat(row.export()).isEqualTo("a/b");
        assertThat(row.status()).isEqualTo(CursorFile.Status.GOOD);
        assertThat(row.openTakes()).isEqualTo(1);
        assertThat(row.settledTakes()).isEqualTo(1);
        assertThat(row.deadLettered()).isEqualTo(1);
        assertThat(row.lagBytes()).isPositive().isLessThanOrEqualTo(ring.tail());
        assertThat(listing.cursors().get(1).position()).isEqualTo(listing.head());
        assertThat(RingKit.append(ring, Batch.of(1, BATCHES, 10))).isPositive();
    }

    @Test
    void listsAClosedAndDrainedRing() throws IOException {
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        assertThat(RingKit.append(ring, Batch.of(1, 1, 3000))).isPositive();
        RingKit.drain(cursor);
        long tail = ring.tail();
        ring.close();
        RingListing listing = inspector.list();
        assertThat(listing.closed()).isTrue();
        assertThat(listing.segments()).isEmpty();
        assertThat(listing.tail()).isEqualTo(tail).isEqualTo(listing.head());
        assertThat(listing.snapshotRecords()).isEqualTo(2);
        assertThat(listing.bytes()).isLessThan(CursorLayout.FILE_BYTES + 2_000);
    }

    @Test
    void verifiesEveryEntryAndNamesTheDamagedOne() throws IOException {
        Ring ring = fill();
        VerifyReport sound = inspector.verify();
        assertThat(sound.isSound()).isTrue();
        assertThat(sound.entries()).isEqualTo(BATCHES);
        assertThat(sound.records()).isEqualTo(ring.acceptedRecords());
        assertThat(sound.bodyBytes()).isEqualTo(3000L * BATCHES);

        Path slot = directory.resolve("slot-00001.seg");
        byte[] bytes = Files.readAllBytes(slot);
        bytes[4096 + 64 + 5] ^= 4;
        Files.write(slot, bytes);
        VerifyReport report = inspector.verify();
        assertThat(report.isSound()).isFalse();
        assertThat(report.entries()).isEqualTo(BATCHES - 1);
        assertThat(report.findings())
                .containsExactly(
                        new Finding(
                                Finding.Severity.DAMAGE,
                                slot,
                                4096,
                                "an entry has a bad checksum"));
    }

    @Test
    void dumpsEntriesWithBodies() throws IOException {
        Ring ring = fill();
        List<DumpedEntry> all = new ArrayList<>();
        inspector.dump(DumpOptions.ALL, all::add);
        assertThat(all).hasSize(BATCHES);
        assertThat(all).extracting(DumpedEntry::sequence).isSorted();
        assertThat(all).allMatch(entry -> entry.readable() && entry.body() == null);

        List<DumpedEntry> some = new ArrayList<>();
        inspector.dump(new DumpOptions(all.get(30).position(), 5, true), some::add);
        assertThat(some).hasSize(5);
        byte[] body = new byte[3000];
        Objects.requireNonNull(some.get(0).body()).duplicate().get(body);
        assertThat(body).isEqualTo(Batch.of(1, 30, 3000).body());
        assertThat(ring.tail()).isGreaterThan(some.get(4).position());
    }

    @Test
    void repairRefusesWhileTheNodeRuns() throws IOException {
        fill();
        Path lock = home.resolve("lock");
        try (Closeable held = new DiskStorage().lock(lock)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(
                            () ->
                                    new RingRepair(lock, kit.config, kit.environment())
                                            .run(directory, true))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void repairRebuildsWhatIsMissing() throws IOException {
        Ring ring = fill();
        long accepted = ring.acceptedRecords();
        RingLedgerNumbers before = RingLedgerNumbers.of(ring);
        Files.write(directory.resolve("ring.snap"), new byte[] {1, 2, 3});
        byte[] slot = Files.readAllBytes(directory.resolve("slot-00002.seg"));
        slot[20] ^= 1;
        Files.write(directory.resolve("slot-00002.seg"), slot);

        RingRepair repair = new RingRepair(home.resolve("lock"), kit.config, kit.environment());
        RingRepair.Result result = repair.run(directory, false);
        assertThat(result.before().findings()).hasSize(2);
        assertThat(result.before().isSound()).isFalse();
        assertThat(result.after().isSound()).isTrue();
        assertThat(result.after().findings())
                .allMatch(f -> f.file().getFileName().toString().endsWith(".bad"));
        assertThat(result.acceptedRecords()).isLessThan(accepted);

        Ring again = kit.open();
        assertThat(RingLedgerNumbers.of(again).delivered()).isEqualTo(before.delivered());
        assertThat(again.ledger("a/b").residue()).isZero();
        RingKit.drain(again.openCursor("a/b"));
        assertThat(again.ledger("a/b").residue()).isZero();
        assertThat(again.stats().quarantinedEntries()).isPositive();
        again.close();
    }

    @Test
    void repairOfASoundRingWithRebuildChangesNothing() throws IOException {
        Ring ring = fill();
        RingLedgerNumbers before = RingLedgerNumbers.of(ring);
        RingRepair.Result result =
                new RingRepair(home.resolve("lock"), kit.config, kit.environment())
                        .run(directory, true);
        assertThat(result.acceptedRecords()).isEqualTo(ring.acceptedRecords());
        assertThat(result.after().isSound()).isTrue();
        assertThat(RingLedgerNumbers.of(kit.open())).isEqualTo(before);
    }

    private record RingLedgerNumbers(long accepted, long delivered, long left, long residue) {
        static RingLedgerNumbers of(Ring ring) {
            var ledger = ring.ledger("a/b");
            return new RingLedgerNumbers(
                    ledger.accepted(),
                    ledger.delivered(),
                    ledger.staged() + ledger.parked(),
                    ledger.residue());
        }
    }
}
