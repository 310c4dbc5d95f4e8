package io.penstock.exporter.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.model.DeliveryId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    @TempDir Path root;
    private FileSinkRig rig;

    @BeforeEach
    void setUp() throws Exception {
        rig = new FileSinkRig(root);
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    @Test
    void publishesWhenLargeEnoughUnderNamesThatSort() {
        rig.rollBytes = 2_000;
        rig.clock = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC);
        FileSink sink = rig.open();
        List<String> markers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            TestDelivery delivery = TestDelivery.of(i, 5);
            FileSinkRig.deliver(sink, delivery);
            markers.addAll(delivery.markers());
        }
        assertThat(rig.files()).hasSizeGreaterThan(5);
        assertThat(rig.files().get(0).getFileName())
                .hasToString("repo@export-1700000000000-00000001.ndjson");
        sink.close();
        assertThat(rig.published()).isEqualTo(markers);
        assertThat(rig.parts()).isEmpty();
    }

    @Test
    void keepsTheOrderOfNamesWhenTheClockGoesBack() {
        rig.rollBytes = 1;
        rig.clock = Clock.fixed(Instant.ofEpochMilli(2_000_000_000_000L), ZoneOffset.UTC);
        FileSinkRig.deliver(rig.open(), TestDelivery.of(1, 1));
        rig.clock = Clock.fixed(Instant.ofEpochMilli(1_000_000_000_000L), ZoneOffset.UTC);
        FileSinkRig.deliver(rig.open(), TestDelivery.of(2, 1));
        assertThat(rig.published()).containsExactly("1-0", "2-0");
    }

    @Test
    void publishesByAgeWhenNothingComes() throws Exception {
        FileSinkConfig config =
                new FileSinkConfig(
                        rig.directory,
                        BodyFormat.NDJSON,
                        "",
                        Compression.NONE,
                        1 << 20,
                        FileSinkConfig.MIN_ROLL_INTERVAL_MS,
                        FsyncPolicy.NEVER,
                        true);
        try (var sink = new SinkDriver<>(new FileSinkFactory(), config, rig.context())) {
            for (int round = 0; round < 2; round++) {
                sink.deliver(TestDelivery.of(round, 1));
                awaitFiles(round + 1);
            }
        }
        assertThat(rig.published()).containsExactly("0-0", "1-0");
    }

    @Test
    void publishesByAgeWhatACrashLeft() throws Exception {
        FileSinkRig.deliver(rig.open(), TestDelivery.of(1, 1));
        assertThat(rig.files()).isEmpty();
        rig.clock = Clock.offset(Clock.systemUTC(), java.time.Duration.ofHours(2));
        rig.open();
        assertThat(rig.published()).containsExactly("1-0");
    }

    private void awaitFiles(int count) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (rig.files().size() < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @Test
    void neverPublishesAnEmptyFile() {
        FileSink sink = rig.open();
        assertThat(FileSinkRig.deliver(sink, TestDelivery.garbage(1)))
                .isInstanceOf(Outcome.Rejected.class);
        sink.close();
        assertThat(rig.directory).isEmptyDirectory();
    }

    @Test
    void goesOnWithThePartThatAStopLeft() {
        rig.publishOnClose = false;
        for (int i = 0; i < 3; i++) {
            FileSink sink = rig.open();
            FileSinkRig.deliver(sink, TestDelivery.of(i, 1));
            sink.close();
            assertThat(rig.parts()).hasSize(1);
        }
        rig.publishOnClose = true;
        rig.open().close();
        assertThat(rig.files()).hasSize(1);
        assertThat(rig.published()).containsExactly("0-0", "1-0", "2-0");
    }

    @Test
    void publishesAPartWhoseNameNoLongerFitsTheConfiguration() {
        FileSinkRig.deliver(rig.open(), TestDelivery.of(1, 1));
        rig.compression = Compression.GZIP;
        FileSink sink = rig.open();
        assertThat(rig.files()).hasSize(1);
        FileSinkRig.deliver(sink, TestDelivery.of(1, 1));
        FileSinkRig.deliver(sink, TestDelivery.of(2, 1));
        sink.close();
        assertThat(rig.files()).hasSize(2);
        assertThat(rig.files().get(1).toString()).endsWith("-00000002.ndjson.gz");
    }

    @Test
    void remembersIdsThroughRollsAndGenerationsAndForgetsTheOldest() {
        rig.rollBytes = 1;
        rig.idsPerGeneration = 10;
        FileSink sink = rig.open();
        for (int i = 0; i < 35; i++) {
            FileSinkRig.deliver(sink, TestDelivery.of(i, 1));
        }
        // Generations hold 0-9, 10-19, 20-29, 30-34; the last two are kept.
        for (int restart = 0; restart < 2; restart++) {
            for (int i = 20; i < 35; i++) {
                FileSinkRig.deliver(sink, TestDelivery.of(i, 1));
            }
            assertThat(rig.published()).hasSize(35);
            sink = rig.open();
        }
        FileSinkRig.deliver(sink, TestDelivery.of(0, 1));
        assertThat(rig.published()).hasSize(36);
    }

    @Test
    void goesOnBehindTheLastDeliveryWhenAWriteFails() {
        FileSink sink = rig.open();
        FileSinkRig.deliver(sink, TestDelivery.of(1, 1));
        TestDelivery second = TestDelivery.of(2, 5_000);
        Outcome outcome = sink.deliver(failing(second.lend())).result();
        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Retry(
                                Outcome.Retry.BACK_OFF, "disk full: No space left on device"));
        assertThat(FileSinkRig.deliver(sink, second)).isEqualTo(Outcome.DELIVERED);
        FileSinkRig.deliver(sink, TestDelivery.of(3, 1));
        sink.close();
        assertThat(rig.published()).hasSize(5_002).startsWith("1-0", "2-0").endsWith("3-0");
    }

    @Test
    void leavesNothingOfADeliveryThatCannotBeDecodedToItsEnd() {
        FileSink sink = rig.open();
        FileSinkRig.deliver(sink, TestDelivery.of(1, 1));
        TestDelivery good = TestDelivery.of(2, 5_000).lend();
        TestDelivery garbage = TestDelivery.garbage(3).lend();
        Delivery both = new StrangeDelivery(good, garbage::read);
        assertThat(sink.deliver(both).result()).isInstanceOf(Outcome.Rejected.class);
        FileSinkRig.deliver(sink, TestDelivery.of(4, 1));
        sink.close();
        assertThat(rig.published()).containsExactly("1-0", "4-0");
    }

    @Test
    void growsNeitherJournalNorHandlesWhileWritesFailAgainAndAgain() throws Exception {
        FileSink sink = rig.open();
        TestDelivery delivery = TestDelivery.of(2, 1).lend();
        sink.deliver(failing(delivery));
        long size = Files.size(rig.journal());
        for (int i = 0; i < 20; i++) {
            sink.deliver(failing(delivery));
        }
        assertThat(Files.size(rig.journal())).isEqualTo(size);
        assertThat(rig.handles()).isZero();
        assertThat(FileSinkRig.deliver(sink, delivery)).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void writesTextAfterATemplate() throws Exception {
        FileSinkConfig config =
                new FileSinkConfig(
                        rig.directory,
                        BodyFormat.TEXT,
                        "${marker}|${text}|${nothing}",
                        Compression.NONE,
                        1,
                        FileSinkRig.HOUR_MS,
                        FsyncPolicy.ROLL,
                        true);
        FileSink sink = new FileSink(config, rig.context());
        FileSinkRig.deliver(sink, TestDelivery.of(7, 2));
        assertThat(rig.files().get(0)).hasContent("7-0|some text|-\n7-1|some text|-\n");
    }

    @Test
    void refusesADirectoryThatIsAFileAndNamesTheKey() throws Exception {
        Path file = Files.createFile(root.resolve("taken"));
        FileSinkConfig config =
                new FileSinkConfig(
                        file,
                        BodyFormat.NDJSON,
                        "",
                        Compression.NONE,
                        1,
                        FileSinkRig.HOUR_MS,
                        FsyncPolicy.NEVER,
                        true);
        assertThatThrownBy(() -> new FileSinkFactory().create(config, rig.context()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("directory: ");
    }

    /** Whoever writes the delivery meets a full disk after its records. */
    private static Delivery failing(TestDelivery delivery) {
        return new StrangeDelivery(
                delivery,
                visitor -> {
                    throw new UncheckedIOException(new IOException("No space left on device"));
                });
    }

    /** A delivery with something behind its last record. */
    private record StrangeDelivery(TestDelivery inner, Consumer<RecordVisitor> then)
            implements Delivery {
        @Override
        public DeliveryId id() {
            return inner.id();
        }

        @Override
        public int records() {
            return inner.records();
        }

        @Override
        public long bytes() {
            return inner.bytes();
        }

        @Override
        public int attempt() {
            return 0;
        }

        @Override
        public void read(RecordVisitor visitor) {
            inner.read(visitor);
            then.accept(visitor);
        }

        @Override
        public void readRaw(RawVisitor visitor) {
            inner.readRaw(visitor);
        }
    }
}
