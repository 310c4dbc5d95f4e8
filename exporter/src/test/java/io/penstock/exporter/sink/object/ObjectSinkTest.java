package io.penstock.exporter.sink.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.parquet.DuckReader;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.storage.FaultStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectSinkTest {

    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    // 2023-11-14T22:13:20Z
    private static final long NOW_MS = TestDelivery.ARRIVED_MS;

    @TempDir Path root;
    private DuckReader duck;
    private ObjectRig rig;

    @BeforeEach
    void open() throws Exception {
        duck = new DuckReader();
        rig = new ObjectRig(root);
    }

    @AfterEach
    void close() throws Exception {
        duck.close();
    }

    private static TestDelivery at(long number, long... timesMs) {
        List<Long> times = new ArrayList<>();
        for (long each : timesMs) {
            times.add(TimeUnit.MILLISECONDS.toNanos(each));
        }
        return TestDelivery.at(number, times);
    }

    private List<String> names() {
        return Objects.files(rig.directory).stream()
                .map(file -> rig.directory.relativize(file).toString())
                .toList();
    }

    private List<String> markers() throws Exception {
        return Objects.markers(duck, rig.directory, rig.config.build().format());
    }

    @Test
    void recordsGoToTheHourOfTheirTimeLateOnesToo() throws Exception {
        rig.config.prefix("exports/a");
        ObjectSink sink = rig.open();
        rig.deliver(sink, at(1, NOW_MS, NOW_MS - 30 * HOUR_MS, NOW_MS));
        rig.deliver(sink, at(2, NOW_MS, NOW_MS + 2 * HOUR_MS));
        rig.close(sink);
        assertThat(names())
                .containsExactly(
                        "exports/a/repo/dt=2023-11-13/hour=16/export-1-1.0-2.3.ndjson",
                        "exports/a/repo/dt=2023-11-14/hour=22/export-1-1.0-3.2.ndjson",
                        "exports/a/repo/dt=2023-11-15/hour=00/export-1-2.0-3.2.ndjson");
        assertThat(markers()).containsExactly("1-1", "1-0", "1-2", "2-0", "2-1");
    }

    @Test
    void aWindowIsPublishedByItsSizeAndByItsAge() throws Exception {
        rig.config.targetBytes(1000).maxAgeMs(60_000);
        ObjectSink sink = rig.open();
        rig.deliver(sink, TestDelivery.of(1, 10));
        assertThat(names()).isEmpty();
        rig.deliver(sink, TestDelivery.of(2, 60));
        assertThat(markers()).hasSize(70);
        rig.deliver(sink, TestDelivery.of(3, 1));
        rig.pass(59_000);
        assertThat(names()).hasSize(1);
        rig.pass(1_000);
        assertThat(markers()).hasSize(71);
        rig.close(sink);
    }

    @Test
    void anHourThatIsOverAndPublishedIsMarkedOnce() throws Exception {
        rig.config.maxAgeMs(60_000).marker("_SUCCESS", 5 * 60_000);
        ObjectSink sink = rig.open();
        rig.deliver(sink, at(1, NOW_MS, NOW_MS - 20 * HOUR_MS));
        rig.pass(30_000);
        assertThat(Objects.hidden(rig.directory)).isEmpty();
        rig.pass(31_000);
        rig.pass(1);
        assertThat(Objects.hidden(rig.directory))
                .containsExactly("repo/dt=2023-11-14/hour=02/_SUCCESS");
        rig.close(sink);
        // What is owed is known after a restart: at 23:04:59 not yet, at 23:05 marked.
        sink = rig.open();
        rig.nowMs = NOW_MS - NOW_MS % HOUR_MS + HOUR_MS + 5 * 60_000 - 1;
        rig.pass(0);
        assertThat(Objects.hidden(rig.directory)).hasSize(1);
        rig.pass(1);
        assertThat(Objects.hidden(rig.directory))
                .containsExactly(
                        "repo/dt=2023-11-14/hour=02/_SUCCESS",
                        "repo/dt=2023-11-14/hour=22/_SUCCESS");
        rig.pass(1);
        assertThat(rig.timers()).as("nothing is waited for").isZero();
        rig.close(sink);
    }

    @Test
    void theOldestWindowMakesRoomForOneHourMore() throws Exception {
        rig.config.maxOpenWindows(2);
        ObjectSink sink = rig.open();
        for (int i = 0; i < 4; i++) {
            rig.nowMs++;
            assertThat(rig.deliver(sink, at(i, NOW_MS + i * HOUR_MS))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(markers()).containsExactly("0-0", "1-0");
        rig.close(sink);
    }

    @Test
    void aDeliveryOfMoreHoursThanMayBeOpenIsRefusedSoThatItIsHalved() {
        rig.config.maxOpenWindows(2);
        ObjectSink sink = rig.open();
        Outcome outcome = rig.deliver(sink, at(1, NOW_MS, NOW_MS + HOUR_MS, NOW_MS + 2 * HOUR_MS));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        refused -> assertThat(refused.why()).contains("max_open_windows = 2"));
        assertThat(rig.deliver(sink, at(1, NOW_MS, NOW_MS + HOUR_MS))).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
    }

    @Test
    void putsDeliveriesOffWhenEncodesAreBehindAndTakesThemAgainLater() throws Exception {
        rig.config.targetBytes(1).maxSealedWindows(2);
        rig.holdJobs = true;
        ObjectSink sink = rig.open();
        int delivered = 0;
        Outcome outcome = Outcome.DELIVERED;
        for (int i = 0; outcome == Outcome.DELIVERED; i++) {
            outcome = rig.deliver(sink, TestDelivery.of(i, 2));
            delivered += outcome == Outcome.DELIVERED ? 1 : 0;
        }
        assertThat(delivered).isEqualTo(3);
        assertThat(((Outcome.Retry) outcome).cause()).isEqualTo(Outcome.Cause.BUSY);
        rig.runJobs();
        rig.holdJobs = false;
        assertThat(rig.deliver(sink, TestDelivery.of(3, 2))).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
        assertThat(markers()).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void putsDeliveriesOffBeyondTheStagedBytes() throws Exception {
        rig.config.maxStagedBytes(1000);
        rig.holdJobs = true;
        ObjectSink sink = rig.open();
        assertThat(rig.deliver(sink, TestDelivery.of(1, 100))).isEqualTo(Outcome.DELIVERED);
        assertThat(rig.deliver(sink, TestDelivery.of(2, 1))).isInstanceOf(Outcome.Retry.class);
        rig.runJobs();
        rig.holdJobs = false;
        assertThat(rig.deliver(sink, TestDelivery.of(2, 1))).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
        assertThat(markers()).hasSize(101);
    }

    @Test
    void putsDeliveriesOffWhileTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        ObjectSink sink = rig.open();
        assertThat(rig.deliver(sink, TestDelivery.of(1, 2))).isEqualTo(Outcome.DELIVERED);
        rig.storage.failAll(FaultStorage.Operation.WRITE);
        for (int i = 0; i < 3; i++) {
            assertThat(rig.deliver(sink, TestDelivery.of(2, 2))).isInstanceOf(Outcome.Retry.class);
        }
        rig.storage.heal();
        assertThat(rig.deliver(sink, TestDelivery.of(2, 2))).isEqualTo(Outcome.DELIVERED);
        rig.config.minFreeBytes(1000);
        rig.close(sink);
        sink = rig.open();
        rig.freeBytes = 999;
        assertThat(((Outcome.Retry) rig.deliver(sink, TestDelivery.of(3, 1))).why())
                .startsWith("disk full: ");
        rig.freeBytes = 1000;
        assertThat(rig.deliver(sink, TestDelivery.of(3, 1))).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
        assertThat(markers()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aFailedPublicationIsTriedAgainAndSaysWhyMeanwhile() throws Exception {
        rig.config.targetBytes(1).maxSealedWindows(1);
        ObjectSink sink = rig.open();
        // A file where the directory of the objects should be.
        Files.writeString(rig.directory, "in the way");
        rig.deliver(sink, TestDelivery.of(1, 1));
        rig.deliver(sink, TestDelivery.of(2, 1));
        Outcome outcome = rig.deliver(sink, TestDelivery.of(3, 1));
        assertThat(((Outcome.Retry) outcome).why()).contains("cannot be published", "objects");
        assertThat(((Outcome.Retry) outcome).cause()).isEqualTo(Outcome.Cause.DOWN);
        Files.delete(rig.directory);
        rig.pass(500);
        assertThat(names()).isEmpty();
        rig.pass(1_000);
        assertThat(rig.deliver(sink, TestDelivery.of(3, 1))).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
        assertThat(markers()).containsExactlyInAnyOrder("1-0", "2-0", "3-0");
    }

    @Test
    void itsNumbersSayWhatWaitsWhatIsPublishedAndWhatFailed() throws Exception {
        rig.config.targetBytes(1).maxSealedWindows(8).maxOpenWindows(3);
        rig.holdJobs = true;
        ObjectSink sink = rig.open();
        rig.deliver(sink, at(1, NOW_MS, NOW_MS + HOUR_MS));
        ObjectSinkStats waiting = rig.counters.stats();
        assertThat(waiting.openWindows()).isZero();
        assertThat(waiting.sealedWindows()).isEqualTo(2);
        assertThat(waiting.stagedBytes()).isPositive();
        assertThat(waiting.publishedFiles()).isZero();
        // A file where the directory of the objects should be.
        Files.writeString(rig.directory, "in the way");
        rig.runJobs();
        assertThat(rig.counters.stats().failures()).isEqualTo(2);
        Files.delete(rig.directory);
        rig.pass(2_000);
        rig.runJobs();
        ObjectSinkStats done = rig.counters.stats();
        assertThat(done.sealedWindows()).isZero();
        assertThat(done.stagedBytes()).isZero();
        assertThat(done.publishedFiles()).isEqualTo(2);
        long bytes = 0;
        for (Path file : Objects.files(rig.directory)) {
            bytes += Files.size(file);
        }
        assertThat(done.publishedBytes()).isEqualTo(bytes);
        rig.holdJobs = false;
        rig.close(sink);
    }

    @Test
    void whatIsStagedGoesOnAfterAStopThatDoesNotPublish() throws Exception {
        rig.config.publishOnClose(false);
        ObjectSink sink = rig.open();
        rig.deliver(sink, TestDelivery.of(1, 2));
        rig.close(sink);
        assertThat(names()).isEmpty();
        rig.config.publishOnClose(true);
        sink = rig.open();
        rig.deliver(sink, TestDelivery.of(2, 2));
        rig.close(sink);
        assertThat(names()).hasSize(1);
        assertThat(markers()).hasSize(4);
    }

    @Test
    void twoHundredOpenWindowsCostNoHandle() throws Exception {
        rig.config.maxOpenWindows(200);
        ObjectSink sink = rig.open();
        long before = handles();
        for (int i = 0; i < 200; i++) {
            rig.deliver(sink, at(i, NOW_MS - i * HOUR_MS));
        }
        assertThat(handles() - before).isLessThan(20);
        rig.close(sink);
        assertThat(names()).hasSize(200);
    }

    private static long handles() throws Exception {
        Path process = Path.of("/proc/self/fd");
        if (!Files.isDirectory(process)) {
            return 0;
        }
        try (var handles = Files.list(process)) {
            return handles.count();
        }
    }
}
