package io.penstock.exporter.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real small file system; skipped where this process may not mount one. */
class FullDiskTest {

    private static final int RECORDS = 200;

    @TempDir Path root;
    private Path small;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectories(root.resolve("small"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString());
        assumeTrue(mounted, "no right to mount a file system");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", "-l", small.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    @Test
    void putsDeliveriesOffAndGoesOnWhenThereIsRoom() throws Exception {
        try (FileSinkRig rig = new FileSinkRig(small)) {
            rig.rollBytes = 50_000;
            Path ballast = small.resolve("ballast");
            Files.write(ballast, new byte[100_000]);
            FileSink sink = rig.open();
            List<String> markers = new ArrayList<>();
            int delivered = 0;
            Outcome outcome = Outcome.DELIVERED;
            while (outcome == Outcome.DELIVERED) {
                TestDelivery delivery = TestDelivery.of(delivered, RECORDS);
                outcome = FileSinkRig.deliver(sink, delivery);
                delivered += outcome == Outcome.DELIVERED ? 1 : 0;
                if (outcome == Outcome.DELIVERED) {
                    markers.addAll(delivery.markers());
                }
            }
            assertThat(outcome).isInstanceOf(Outcome.Retry.class);
            assertThat(((Outcome.Retry) outcome).why()).startsWith("disk full: ");
            // Still full: still put off, and nothing grows.
            assertThat(FileSinkRig.deliver(sink, TestDelivery.of(delivered, RECORDS)))
                    .isInstanceOf(Outcome.Retry.class);
            Files.delete(ballast);
            TestDelivery next = TestDelivery.of(delivered, RECORDS);
            assertThat(FileSinkRig.deliver(sink, next)).isEqualTo(Outcome.DELIVERED);
            markers.addAll(next.markers());
            sink.close();
            assertThat(rig.published()).isEqualTo(markers);
        }
    }
}
