package io.penstock.exporter.sink.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.parquet.DuckReader;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.text.Seed;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fails each operation on a file, once alone and once with all that follow (which is a death), then
 * opens the sink again, offers again what may have been open, and counts what readers see.
 */
class ObjectSinkCrashTest {

    private static final int DELIVERIES = 9;

    /** Deliveries that may be offered again after a crash, as fan-out's open takes. */
    private static final int OPEN = 4;

    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long NOW_NANOS = TimeUnit.MILLISECONDS.toNanos(TestDelivery.ARRIVED_MS);

    @TempDir Path root;
    private DuckReader duck;

    @BeforeEach
    void openDuck() throws Exception {
        duck = new DuckReader();
    }

    @AfterEach
    void closeDuck() throws Exception {
        duck.close();
    }

    /** Records of this hour, and of some before it. */
    private static TestDelivery delivery(int number) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            times.add(NOW_NANOS - (number + i) % 3 * HOUR_NANOS);
        }
        return TestDelivery.at(number, times);
    }

    private ObjectRig rig(String name, ObjectFormat format) {
        ObjectRig rig = new ObjectRig(root.resolve(name));
        rig.config =
                Configs.to(rig.directory)
                        .format(format, ObjectCompression.NONE)
                        .targetBytes(180)
                        .maxOpenWindows(3);
        rig.idsPerGeneration = OPEN + 2;
        return rig;
    }

    @Test
    void noRowIsLostOrDoubledWhicheverOperationFails() throws Exception {
        int cases = 0;
        for (boolean death : List.of(false, true)) {
            boolean reached = true;
            for (int nth = 1; reached; nth++) {
                ObjectRig rig = rig(death + "-" + nth, ObjectFormat.NDJSON);
                reached = run(rig, nth, death);
                cases++;
            }
        }
        System.out.println("ObjectSinkCrashTest: " + cases + " places to fail");
        assertThat(cases).isGreaterThan(200);
    }

    @Test
    void noRowIsLostOrDoubledInParquet() throws Exception {
        SplittableRandom random = Seed.random("ObjectSinkCrashTest");
        for (int round = 0; round < 12; round++) {
            ObjectRig rig = rig("parquet-" + round, ObjectFormat.PARQUET);
            run(rig, 1 + random.nextInt(140), random.nextBoolean());
        }
    }

    /** Answers whether so many operations were reached. */
    private boolean run(ObjectRig rig, int nth, boolean death) throws Exception {
        ObjectSink sink = rig.open();
        List<TestDelivery> done = new ArrayList<>();
        rig.storage.failNth(nth, death);
        boolean reached = false;
        for (int i = 0; i < DELIVERIES; i++) {
            TestDelivery delivery = delivery(i);
            Outcome outcome = rig.deliver(sink, delivery);
            boolean failing = !reached && rig.storage.operations() >= nth;
            if (failing) {
                reached = true;
                checkNothingHalf(rig);
                rig.storage.heal();
                if (death) {
                    sink = rig.open();
                }
            }
            done.add(delivery);
            if (failing || outcome != Outcome.DELIVERED) {
                int from = Math.max(0, done.size() - OPEN);
                for (TestDelivery again : done.subList(from, done.size())) {
                    assertThat(rig.deliver(sink, again)).isEqualTo(Outcome.DELIVERED);
                }
            }
        }
        rig.storage.heal();
        // what failed is tried again after a while
        rig.pass(60_000);
        rig.close(sink);
        rig.close(rig.open());
        assertThat(markers(rig))
                .as("operation %d, death %s", nth, death)
                .containsExactlyInAnyOrderElementsOf(
                        done.stream().flatMap(each -> each.markers().stream()).toList());
        assertThat(Objects.hidden(rig.directory)).noneMatch(name -> name.endsWith(".tmp"));
        assertThat(staged(rig)).isEmpty();
        return reached;
    }

    /** What has a final name is whole, at the moment of the failure too. */
    private void checkNothingHalf(ObjectRig rig) throws Exception {
        assertThat(markers(rig)).doesNotHaveDuplicates().doesNotContain("null");
        for (Path file : Objects.files(rig.directory)) {
            assertThat(file).isNotEmptyFile();
        }
    }

    /** The markers that readers see; of lines without DuckDB, which takes its time. */
    private List<String> markers(ObjectRig rig) throws Exception {
        ObjectFormat format = rig.config.build().format();
        if (format != ObjectFormat.NDJSON) {
            return Objects.markers(duck, rig.directory, format);
        }
        List<String> markers = new ArrayList<>();
        for (Path file : Objects.files(rig.directory)) {
            for (String line : Files.readAllLines(file)) {
                markers.add(String.valueOf(new JsonObject(line).getString("marker")));
            }
        }
        return markers;
    }

    private static List<String> staged(ObjectRig rig) throws IOException {
        try (var files = Files.list(rig.state)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("window-"))
                    .toList();
        }
    }

    @Test
    void publishesOnceWhenTheAnswerOfThePublicationWasLost() throws Exception {
        ObjectRig rig = rig("lost", ObjectFormat.NDJSON);
        rig.config.targetBytes(1);
        rig.holdJobs = true;
        ObjectSink sink = rig.open();
        assertThat(rig.deliver(sink, TestDelivery.of(1, 3))).isEqualTo(Outcome.DELIVERED);
        // Published by a process that died before it could write that down.
        Path copy = root.resolve("copy");
        copyTree(rig.state, copy);
        rig.runJobs();
        assertThat(markers(rig)).hasSize(3);
        deleteTree(rig.state);
        copyTree(copy, rig.state);
        rig.holdJobs = false;
        sink = rig.open();
        assertThat(rig.deliver(sink, TestDelivery.of(1, 3))).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
        assertThat(markers(rig)).hasSize(3);
        assertThat(staged(rig)).isEmpty();
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void cutsOffWhatAJournalTornAnywhereDoesNotSay() throws Exception {
        ObjectRig rig = rig("torn", ObjectFormat.NDJSON);
        rig.config.targetBytes(1 << 20);
        ObjectSink sink = rig.open();
        for (int i = 0; i < 3; i++) {
            rig.deliver(sink, delivery(i));
        }
        Path journal = rig.state.resolve("journal-0000000001");
        byte[] whole = Files.readAllBytes(journal);
        Path copy = root.resolve("copy");
        copyTree(rig.state, copy);
        for (int length = whole.length; length > whole.length - 400; length -= 7) {
            deleteTree(rig.state);
            copyTree(copy, rig.state);
            Files.write(journal, java.util.Arrays.copyOf(whole, length));
            ObjectRig again = rig("torn-" + length, ObjectFormat.NDJSON);
            Files.createDirectories(again.state);
            copyTree(rig.state, again.state);
            ObjectSink reopened = again.open();
            // Another one comes first: it must not bring what was torn with it.
            TestDelivery other = TestDelivery.at(99, List.of(NOW_NANOS + 5 * HOUR_NANOS));
            assertThat(again.deliver(reopened, other)).isEqualTo(Outcome.DELIVERED);
            for (int i = 0; i < 3; i++) {
                assertThat(again.deliver(reopened, delivery(i))).isEqualTo(Outcome.DELIVERED);
            }
            again.close(reopened);
            assertThat(markers(again)).hasSize(19).doesNotHaveDuplicates();
        }
    }
}
