package io.penstock.exporter.sink.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staging on a real file system of 256 KiB, where the process may mount one. */
class ObjectSinkDiskFullTest {

    private static final int TEXT_BYTES = 3000;
    private static final int COMMAND_S = 10;

    @TempDir Path root;
    private ObjectRig rig;
    private boolean mounted;
    private final SplittableRandom random = new SplittableRandom(1);

    @BeforeEach
    void mount() throws Exception {
        rig = new ObjectRig(root);
        Files.createDirectories(rig.state);
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "penstock", rig.state.toString());
        assumeTrue(mounted, "this process may not mount a file system; disk full is not tested");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", "-l", rig.state.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(COMMAND_S, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    /** A record that does not shrink. */
    private TestDelivery delivery(long number) {
        StringBuilder text = new StringBuilder();
        while (text.length() < TEXT_BYTES) {
            text.append(Long.toString(random.nextLong(Long.MAX_VALUE), 36));
        }
        return TestDelivery.of(number, List.of(text.toString()));
    }

    private List<String> published() throws IOException {
        List<String> markers = new ArrayList<>();
        for (Path file : Objects.files(rig.directory)) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.map(line -> new JsonObject(line).getString("marker")).forEach(markers::add);
            }
        }
        return markers;
    }

    @Test
    void aFullDiskPutsDeliveriesOffAndPublishingMakesRoom() throws Exception {
        rig.config.maxAgeMs(60_000);
        ObjectSink sink = rig.open();
        List<String> expected = new ArrayList<>();
        int refusals = 0;
        for (long i = 0; i < 400; i++) {
            TestDelivery delivery = delivery(i);
            Outcome outcome = rig.deliver(sink, delivery);
            for (int tries = 0; outcome != Outcome.DELIVERED; tries++) {
                assertThat(tries).as("delivery %d is stuck: %s", i, outcome).isLessThan(10);
                assertThat(((Outcome.Retry) outcome).why().toLowerCase(Locale.ROOT))
                        .startsWith("disk full: ");
                refusals++;
                rig.pass(60_000);
                outcome = rig.deliver(sink, delivery);
            }
            expected.addAll(delivery.markers());
        }
        assertThat(refusals).isGreaterThan(2);
        rig.close(sink);
        assertThat(published()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aDirectoryThatIsReadOnlyAfterAStartPutsDeliveriesOff() throws Exception {
        rig.config.publishOnClose(false);
        ObjectSink sink = rig.open();
        TestDelivery first = delivery(1);
        assertThat(rig.deliver(sink, first)).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
        assertThat(run("mount", "-o", "remount,ro", rig.state.toString())).isTrue();
        sink = rig.open();
        TestDelivery second = delivery(2);
        Outcome outcome = rig.deliver(sink, second);
        assertThat(((Outcome.Retry) outcome).why()).contains("Read-only file system");
        assertThat(run("mount", "-o", "remount,rw", rig.state.toString())).isTrue();
        assertThat(rig.deliver(sink, second)).isEqualTo(Outcome.DELIVERED);
        assertThat(rig.deliver(sink, first)).isEqualTo(Outcome.DELIVERED);
        rig.pass(3_600_000);
        rig.close(sink);
        assertThat(published()).containsExactlyInAnyOrder("1-0", "2-0");
    }
}
