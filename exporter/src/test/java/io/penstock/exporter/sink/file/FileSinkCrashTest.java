package io.penstock.exporter.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.sink.journal.JournalRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Leaves sinks as a kill at any moment of a delivery would leave them, opens them again, offers
 * again what may have been open, and counts what readers see.
 */
class FileSinkCrashTest {

    private static final int ROUNDS = 25;
    private static final int DELIVERIES = 120;

    /** Deliveries that may be offered again after a crash, as fan-out's open takes. */
    private static final int OPEN = 12;

    private static final List<Compression> COMPRESSIONS = List.of(Compression.values());

    @TempDir Path root;

    @Test
    void writesEachDeliveryOnceThroughKillsAtAnyMoment() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("FileSinkCrashTest -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Path place = Files.createDirectories(root.resolve("round-" + round));
            try (FileSinkRig rig = new FileSinkRig(place)) {
                rig.compression = COMPRESSIONS.get(random.nextInt(COMPRESSIONS.size()));
                rig.fsync = round % 8 == 0 ? FsyncPolicy.DELIVERY : FsyncPolicy.NEVER;
                rig.rollBytes = random.nextInt(1, 6_001);
                rig.idsPerGeneration = OPEN + random.nextInt(30);
                rig.publishOnClose = random.nextBoolean();
                run(rig, random);
            }
        }
    }

    private static void run(FileSinkRig rig, SplittableRandom random) throws IOException {
        FileSink sink = rig.open();
        List<TestDelivery> done = new ArrayList<>();
        for (int i = 0; i < DELIVERIES; i++) {
            TestDelivery delivery = TestDelivery.of(i, 1 + random.nextInt(20));
            done.add(delivery);
            assertThat(FileSinkRig.deliver(sink, delivery)).isEqualTo(Outcome.DELIVERED);
            if (random.nextInt(8) == 0) {
                if (random.nextInt(4) == 0) {
                    sink.close();
                } else {
                    damage(rig, random);
                }
                sink = rig.open();
                // The last one may not have been answered; some before it may not be committed.
                int from = Math.max(0, done.size() - 1 - random.nextInt(OPEN));
                for (TestDelivery again : done.subList(from, done.size())) {
                    assertThat(FileSinkRig.deliver(sink, again)).isEqualTo(Outcome.DELIVERED);
                }
            }
        }
        sink.close();
        rig.publishOnClose = true;
        rig.open().close();
        assertThat(rig.parts()).isEmpty();
        assertThat(rig.published())
                .containsExactlyElementsOf(
                        done.stream().flatMap(each -> each.markers().stream()).toList());
    }

    /** Makes the files look as if the last delivery had been interrupted. */
    private static void damage(FileSinkRig rig, SplittableRandom random) throws IOException {
        List<Path> parts = rig.parts();
        switch (random.nextInt(5)) {
            case 0 -> {}
            case 1 -> parts.forEach(part -> append(part, random));
            case 2 -> tearJournal(rig, random, parts);
            case 3 -> takeRenameBack(rig);
            default -> append(rig.state.resolve("journal.new"), random);
        }
    }

    /**
     * The record of the last delivery was not written whole, if it is the last record; what stands
     * in its place may be anything.
     */
    private static void tearJournal(FileSinkRig rig, SplittableRandom random, List<Path> parts)
            throws IOException {
        Path journal = rig.journal();
        boolean lastIsDelivery =
                !parts.isEmpty() && Files.size(journal) > 400 && Files.size(parts.get(0)) > 0;
        if (!lastIsDelivery) {
            return;
        }
        int bytes = 1 + random.nextInt(JournalRecord.FIXED_BYTES);
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - bytes);
        }
        if (random.nextBoolean()) {
            append(journal, random);
        }
    }

    /** The last file was whole and not yet renamed. */
    private static void takeRenameBack(FileSinkRig rig) throws IOException {
        List<Path> files = rig.files();
        if (rig.parts().isEmpty() && !files.isEmpty()) {
            Path last = files.get(files.size() - 1);
            Files.move(last, last.resolveSibling(last.getFileName() + PartFile.SUFFIX));
        }
    }

    private static void append(Path file, SplittableRandom random) {
        byte[] tail = new byte[1 + random.nextInt(500)];
        random.nextBytes(tail);
        try {
            Files.write(file, tail, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void cutsBackToTheLastWholeDeliveryWhenTheTailOfTheDataIsLost() throws Exception {
        try (FileSinkRig rig = new FileSinkRig(root)) {
            FileSink sink = rig.open();
            for (int i = 0; i < 5; i++) {
                FileSinkRig.deliver(sink, TestDelivery.of(i, 3));
            }
            // As after a loss of power: the journal is ahead of the data, which ends in zeros.
            Path part = rig.parts().get(0);
            long size = Files.size(part);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.truncate(size - 200);
                channel.write(java.nio.ByteBuffer.allocate(250), size - 200);
            }
            sink = rig.open();
            for (int i = 0; i < 5; i++) {
                assertThat(FileSinkRig.deliver(sink, TestDelivery.of(i, 3)))
                        .isEqualTo(Outcome.DELIVERED);
            }
            sink.close();
            assertThat(rig.published()).hasSize(15).doesNotHaveDuplicates();
        }
    }

    @Test
    void takesOverFromTheGenerationBeforeWhenTheNewestHasNoHeader() throws Exception {
        try (FileSinkRig rig = new FileSinkRig(root)) {
            FileSinkRig.deliver(rig.open(), TestDelivery.of(1, 3));
            Files.write(rig.state.resolve("journal-0000000002"), new byte[] {1, 2, 3});
            FileSink sink = rig.open();
            FileSinkRig.deliver(sink, TestDelivery.of(1, 3));
            sink.close();
            assertThat(rig.published()).hasSize(3);
        }
    }
}
