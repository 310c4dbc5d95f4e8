package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.storage.FaultStorage;
import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Every file operation fails in turn; nothing that was acknowledged may be lost by it. */
class RingFaultTest {
    /** More than the work has. */
    private static final int MAX_OPERATIONS = 2000;

    @TempDir Path directory;

    @Test
    void losesNothingWhenOneOperationFails() throws IOException {
        failEachInTurn(false, false);
    }

    @Test
    void losesNothingWhenAllOperationsFailFromOneOn() throws IOException {
        failEachInTurn(true, false);
    }

    @Test
    void losesNothingWhenTheProcessDiesAfterAFault() throws IOException {
        failEachInTurn(true, true);
    }

    private void failEachInTurn(boolean sticky, boolean kill) throws IOException {
        for (int nth = 1; nth < MAX_OPERATIONS; nth++) {
            FaultStorage storage = new FaultStorage().withoutForces();
            RingKit kit = new RingKit(directory.resolve("r" + nth));
            kit.storage = storage;
            storage.failNth(nth, sticky);
            FaultyWork work = new FaultyWork(kit);
            try {
                work.run(kill);
                int operations = storage.operations();
                storage.heal();
                work.verify();
                if (operations < nth) {
                    assertThat(nth).isGreaterThan(50);
                    return;
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("operation " + nth, e);
            }
        }
        throw new AssertionError("the work never ends");
    }

    @Test
    void failedForceFailsTheSegmentForEverButLeavesItReadable() throws IOException {
        FaultStorage storage = new FaultStorage();
        RingKit kit = new RingKit(directory);
        kit.storage = storage;
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        assertThat(RingKit.append(ring, Batch.numbered(1, 100))).isPositive();
        ring.force();
        long forced = ring.forcedPosition();
        assertThat(RingKit.append(ring, Batch.numbered(2, 100))).isPositive();

        storage.failAll(FaultStorage.Operation.FORCE);
        assertThatThrownBy(ring::force).isInstanceOf(IOException.class);
        storage.heal();
        assertThatThrownBy(ring::force).isInstanceOf(IOException.class);
        assertThat(ring.forcedPosition()).isEqualTo(forced);
        assertThat(ring.trouble()).contains("failed");
        assertThat(RingKit.append(ring, Batch.numbered(3, 100))).isEqualTo(RingWriter.FAILED);

        assertThat(RingKit.drain(cursor)).containsExactly(1L, 2L);
        assertThat(ring.trouble()).isNull();
        assertThat(RingKit.append(ring, Batch.numbered(3, 100))).isPositive();
        ring.force();
        assertThat(ring.forcedPosition()).isEqualTo(ring.tail());
        assertThat(RingKit.drain(cursor)).containsExactly(3L);
        assertThat(ring.ledger("a").residue()).isZero();
        ring.close();
        assertThat(kit.open().acceptedRecords()).isEqualTo(2 + 3 + 4);
    }

    @Test
    void fullDiskIsBackPressureAndEndsByItself() throws IOException {
        FaultStorage storage = new FaultStorage().withoutForces();
        RingKit kit = new RingKit(directory);
        kit.storage = storage;
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        storage.failAll(FaultStorage.Operation.CREATE);
        int appended = 0;
        while (RingKit.append(ring, Batch.numbered(appended, 4000)) >= 0) {
            appended++;
        }
        assertThat(appended).isGreaterThan(10);
        assertThat(ring.trouble()).contains("No space");
        assertThat(RingKit.append(ring, Batch.numbered(appended, 4000))).isEqualTo(RingWriter.FULL);
        storage.heal();
        kit.nowMs.addAndGet(1000);
        // the refused append asks for a pass, which finds room for the next one
        assertThat(RingKit.append(ring, Batch.numbered(appended, 4000))).isEqualTo(RingWriter.FULL);
        assertThat(RingKit.append(ring, Batch.numbered(appended, 4000))).isPositive();
        assertThat(ring.trouble()).isNull();
        assertThat(RingKit.drain(cursor)).hasSize(appended + 1);
        ring.close();
    }

    @Test
    void sickDiskIsNotTriedAtTheRateOfRefusedWriters() throws IOException {
        FaultStorage storage = new FaultStorage().withoutForces();
        RingKit kit = new RingKit(directory);
        kit.storage = storage;
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        storage.failAll(FaultStorage.Operation.RENAME); // no snapshot
        long sequence = 0;
        while (RingKit.append(ring, Batch.numbered(sequence, 4000)) >= 0) {
            sequence++;
            RingKit.drain(cursor);
        }
        assertThat(ring.trouble()).contains("RENAME");
        int before = storage.operations();
        for (int i = 0; i < 1000; i++) {
            assertThat(RingKit.append(ring, Batch.numbered(sequence, 4000)))
                    .isEqualTo(RingWriter.FULL);
        }
        assertThat(storage.operations()).isEqualTo(before);
        kit.nowMs.addAndGet(1000);
        assertThat(RingKit.append(ring, Batch.numbered(sequence, 4000))).isEqualTo(RingWriter.FULL);
        assertThat(storage.operations()).isBetween(before + 1, before + 10);
        storage.heal();
        kit.nowMs.addAndGet(1000);
        assertThat(RingKit.append(ring, Batch.numbered(sequence, 4000))).isEqualTo(RingWriter.FULL);
        assertThat(RingKit.append(ring, Batch.numbered(sequence, 4000))).isPositive();
        ring.close();
    }

    @Test
    void firstForceOfAFileIncludesItsName() throws IOException {
        FaultStorage storage = new FaultStorage();
        RingKit kit = new RingKit(directory);
        kit.storage = storage;
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        long second = 0;
        for (long i = 0; second < RingKit.SEGMENT; i++) {
            second = RingKit.append(ring, Batch.numbered(i, 3000));
        }
        storage.failAll(FaultStorage.Operation.FORCE_DIRECTORY);
        assertThatThrownBy(ring::force).hasMessageContaining("FORCE_DIRECTORY");
        assertThat(ring.forcedPosition()).isLessThanOrEqualTo(RingKit.SEGMENT + 4096);
        storage.heal();
        RingKit.drain(cursor);
        ring.close();
    }

    @Test
    void laterForcesOfAFileLeaveItsNameAlone() throws IOException {
        FaultStorage storage = new FaultStorage();
        RingKit kit = new RingKit(directory);
        kit.storage = storage;
        Ring ring = kit.open();
        assertThat(RingKit.append(ring, Batch.numbered(1, 100))).isPositive();
        ring.force();
        assertThat(RingKit.append(ring, Batch.numbered(2, 100))).isPositive();
        storage.failAll(FaultStorage.Operation.FORCE_DIRECTORY);
        ring.force();
        assertThat(ring.forcedPosition()).isEqualTo(ring.tail());
        storage.heal();
        ring.close();
    }

    @Test
    void faultInAMappingFailsTheSegmentAndNotTheProcess() throws IOException {
        Ring ring = new RingKit(directory).open();
        RingCursor cursor = ring.openCursor("a");
        assertThat(RingKit.append(ring, Batch.numbered(1, 100))).isPositive();
        PutEntry faulty =
                new PutEntryWithFault(
                        () -> {
                            throw new InternalError("a fault occurred in an unsafe access");
                        });
        assertThat(ring.newWriter(new WriteWindow()).append(List.of(Batch.numbered(2, 10), faulty)))
                .isEqualTo(RingWriter.FAILED);
        assertThat(RingKit.append(ring, Batch.numbered(3, 100))).isEqualTo(RingWriter.FAILED);
        assertThat(RingKit.drain(cursor)).containsExactly(1L);
        assertThat(RingKit.append(ring, Batch.numbered(4, 100))).isPositive();
        assertThat(RingKit.drain(cursor)).containsExactly(4L);
        assertThat(ring.ledger("a").residue()).isZero();
        ring.close();
    }

    @Test
    void entryThatThrowsWhileItIsWrittenLeavesNothingBehind() throws IOException {
        RingKit kit = new RingKit(directory);
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        PutEntry tooLong = new PutEntryWithFault(() -> {});
        assertThatThrownBy(
                        () ->
                                ring.newWriter(new WriteWindow())
                                        .append(List.of(Batch.numbered(1, 10), tooLong)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shorter");
        assertThat(RingKit.append(ring, Batch.numbered(2, 100))).isPositive();
        assertThat(kit.open().acceptedRecords()).isEqualTo(3);
        assertThat(RingKit.drain(cursor)).containsExactly(2L);
        assertThat(ring.stats().quarantinedEntries()).isZero();
    }

    /** Java 17 reports a fault under a mapping too late for anybody to tell whose it was. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void pageThatTheDiskCannotGiveBackIsDamage() throws IOException {
        RingKit kit = new RingKit(directory);
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        for (long i = 0; i < 8; i++) {
            assertThat(RingKit.append(ring, Batch.numbered(i, 3000))).isPositive();
        }
        try (FileChannel file =
                FileChannel.open(directory.resolve("slot-00001.seg"), StandardOpenOption.WRITE)) {
            file.truncate(8192);
        }
        assertThat(RingKit.drain(cursor)).containsExactly(0L);
        assertThat(ring.stats().quarantinedEntries()).isPositive();
        // settling the rest made the ring go on in another file
        assertThat(RingKit.append(ring, Batch.numbered(9, 3000))).isGreaterThan(RingKit.SEGMENT);
        assertThat(RingKit.drain(cursor)).containsExactly(9L);
    }

    /** Announces a body and then does something else. */
    private record PutEntryWithFault(Runnable fault) implements PutEntry {
        @Override
        public int bodyBytes() {
            return 100;
        }

        @Override
        public int records() {
            return 1;
        }

        @Override
        public byte encoding() {
            return 0;
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
            return 0;
        }

        @Override
        public void writeBody(SlotWriter slot) {
            slot.put(new byte[10], 0, 10);
            fault.run();
        }
    }
}
