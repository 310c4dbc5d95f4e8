package io.penstock.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCopyTest {

    private static final AssignmentTable FIRST = Tables.of(1, 1);
    private static final AssignmentTable SECOND = Tables.of(1, 2);

    @TempDir Path directory;

    @Test
    void aNodeThatStartsHasItsLastTable() throws Exception {
        keep(FIRST);
        keep(SECOND);

        assertThat(read()).isEqualTo(new Answer.Found(SECOND, Long.MAX_VALUE));
    }

    @Test
    void oneCopyKeepsOneTableAfterAnother() throws Exception {
        try (DiskCopy copy = new DiskCopy(directory)) {
            copy.keep(FIRST);
            assertThat(await(copy)).isEqualTo(new Answer.Found(FIRST, Long.MAX_VALUE));
            copy.keep(SECOND);
            assertThat(await(copy)).isEqualTo(new Answer.Found(SECOND, Long.MAX_VALUE));
        }
    }

    @Test
    void anOlderTableDoesNotReplaceTheCopy() throws Exception {
        keep(SECOND);
        keep(FIRST);

        assertThat(read()).isEqualTo(new Answer.Found(SECOND, Long.MAX_VALUE));
    }

    @Test
    void aDamagedCopyIsToldByNamePutAsideAndIgnored() throws Exception {
        keep(FIRST);
        Path file = directory.resolve(TableFileName.of(FIRST.version()));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        try (Log log = new Log()) {
            assertThat(read()).isEqualTo(new Answer.Empty());
            assertThat(log.lines())
                    .anyMatch(
                            line ->
                                    line.contains(file.toString())
                                            && line.contains("put aside")
                                            && line.contains("checksum"));
        }
        assertThat(file).doesNotExist();
        assertThat(Path.of(file + ".aside")).hasBinaryContent(bytes);
    }

    @Test
    void aCopyOfANewerVersionDoesNotStandInTheWayOfAnOlderOne() throws Exception {
        Path file = directory.resolve(TableFileName.of(new Version(9, 9)));
        Files.write(file, FileStoreTest.fromTheFuture(Tables.of(9, 9)));

        try (Log log = new Log()) {
            assertThat(read()).isEqualTo(new Answer.Empty());
            assertThat(log.lines()).anyMatch(line -> line.contains("written by a newer version"));
        }
        keep(FIRST);
        assertThat(read()).isEqualTo(new Answer.Found(FIRST, Long.MAX_VALUE));
    }

    /** Sixty tables while the disk hangs are one write, of the newest. */
    @Test
    void whileTheDiskHangsOnlyTheNewestWaits() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        FaultyDisk disk = new FaultyDisk();
        disk.hangUntil(latch);
        try (DiskCopy copy = new DiskCopy(directory, disk);
                Log log = new Log()) {
            for (int i = 1; i <= 60; i++) {
                copy.keep(Tables.of(1, i));
            }
            latch.countDown();
            assertThat(log.lines()).isEmpty();
        }
        assertThat(read()).isEqualTo(new Answer.Found(Tables.of(1, 60), Long.MAX_VALUE));
    }

    @Test
    void aDiskThatFailsIsToldAndTriedAgainWithTheNextTable() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        disk.failNth(1, true, false);
        try (DiskCopy copy = new DiskCopy(directory, disk)) {
            copy.keep(FIRST);
            assertThat(await(copy)).isInstanceOf(Answer.Down.class);
            disk.heal();
            copy.keep(SECOND);
        }
        assertThat(read()).isEqualTo(new Answer.Found(SECOND, Long.MAX_VALUE));
    }

    private void keep(AssignmentTable table) {
        try (DiskCopy copy = new DiskCopy(directory)) {
            copy.keep(table);
        }
    }

    private Answer read() throws Exception {
        try (DiskCopy copy = new DiskCopy(directory)) {
            return await(copy);
        }
    }

    private static Answer await(DiskCopy copy) throws Exception {
        return copy.newerThan(Version.NONE).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
