package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a tmpfs of half a megabyte, where mounting one is allowed. */
class RingFullDiskTest {
    @TempDir Path directory;

    @Test
    void refusesWhenTheDiskIsFullAndGoesOnWhenThereIsSpace() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("tmpfs"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", mount.toString()),
                "cannot mount a tmpfs here");
        try {
            fill(mount);
        } finally {
            assertThat(run("umount", mount.toString())).isTrue();
        }
    }

    private static void fill(Path mount) throws IOException {
        Path foreign = mount.resolve("foreign");
        Files.write(foreign, new byte[100 * 1024]);
        RingKit kit = new RingKit(mount.resolve("ring"));
        kit.config = new RingConfig(RingKit.SEGMENT, RingKit.SEGMENT, 1 << 30, 16);
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        List<Long> seen = new ArrayList<>();
        long next = 0;
        for (int round = 0; round < 20; round++) {
            while (RingKit.append(ring, Batch.of(1, next, 5000)) >= 0) {
                next++;
            }
            assertThat(ring.trouble()).contains("space");
            Take take = RingKit.take(cursor, Integer.MAX_VALUE, RingKit.SEGMENT);
            seen.addAll(RingKit.sequences(take));
            cursor.commit(take, take.records(), 0, 0);
            kit.nowMs.addAndGet(1000);
        }
        long before = next;
        Files.delete(foreign);
        kit.nowMs.addAndGet(1000);
        for (int i = 0; i < 20; i++) {
            next += RingKit.append(ring, Batch.of(1, next, 5000)) >= 0 ? 1 : 0;
        }
        assertThat(next - before).isGreaterThan(12);
        seen.addAll(RingKit.drain(cursor));
        assertThat(seen).isEqualTo(LongStream.range(0, next).boxed().toList());
        assertThat(ring.ledger("a").residue()).isZero();
        cursor.close();
        ring.close();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
