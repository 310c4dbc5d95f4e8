package io.penstock.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.assignment.TableCodec;
import io.penstock.cluster.assignment.Tables;
import io.penstock.model.RepoName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {

    private static final AssignmentTable FIRST = Tables.of(1, 1);
    private static final AssignmentTable SECOND = Tables.of(1, 2);

    @TempDir Path home;

    private Path directory() {
        return home.resolve("store");
    }

    @Test
    void anEmptyStoreSaysSo() throws Exception {
        assertThat(loadFresh()).isEqualTo(new Answer.Empty());
    }

    @Test
    void whatIsSavedIsThereAfterARestart() throws Exception {
        assertThat(saveFresh(FIRST)).isEqualTo(new Saved.Done());
        assertThat(loadFresh()).isEqualTo(new Answer.Found(FIRST, 0));
    }

    @Test
    void whoHasTheNewestGetsNoTable() throws Exception {
        saveFresh(SECOND);

        try (FileStore store = new FileStore(directory())) {
            assertThat(await(store.newerThan(new Version(1, 1))))
                    .isEqualTo(new Answer.Found(SECOND, 0));
            assertThat(await(store.newerThan(new Version(1, 2))))
                    .isEqualTo(new Answer.NoNewer(new Version(1, 2), 0));
            assertThat(await(store.newerThan(new Version(9, 0))))
                    .isEqualTo(new Answer.NoNewer(new Version(1, 2), 0));
        }
    }

    @Test
    void anOlderTableIsRefused() throws Exception {
        try (FileStore store = new FileStore(directory())) {
            await(store.save(Tables.of(2, 1)));

            assertThat(await(store.save(Tables.of(1, 99))))
                    .isEqualTo(new Saved.Stale(new Version(2, 1)));
        }
        assertThat(saveFresh(Tables.of(1, 99))).isEqualTo(new Saved.Stale(new Version(2, 1)));
        assertThat(loadFresh()).isEqualTo(new Answer.Found(Tables.of(2, 1), 0));
    }

    @Test
    void theSameTableAgainIsSavedAndAnotherOneOfItsVersionIsNot() throws Exception {
        TreeMap<TaskKey, Row> rows = new TreeMap<>();
        Row row = new Row(new NodeId("other"), Row.State.RUN, FIRST.version());
        rows.put(new TaskKey(new RepoName("orders"), "to-s3", 0), row);
        AssignmentTable twin = new AssignmentTable(FIRST.version(), rows);
        saveFresh(FIRST);

        assertThat(saveFresh(FIRST)).isEqualTo(new Saved.Done());
        assertThat(saveFresh(twin)).isEqualTo(new Saved.Stale(FIRST.version()));
        assertThat(loadFresh()).isEqualTo(new Answer.Found(FIRST, 0));
    }

    @Test
    void twoStoresInOneDirectoryAreOne() throws Exception {
        try (FileStore one = new FileStore(directory());
                FileStore other = new FileStore(directory())) {
            await(one.save(FIRST));
            await(other.save(Tables.of(1, 5)));

            assertThat(await(one.save(Tables.of(1, 4))))
                    .isEqualTo(new Saved.Stale(new Version(1, 5)));
            assertThat(await(one.newerThan(Version.NONE)))
                    .isEqualTo(new Answer.Found(Tables.of(1, 5), 0));
        }
    }

    @Test
    void whileAnotherProcessSavesNothingIsWritten() throws Exception {
        Files.createDirectories(directory());
        try (Closeable lock = new LocalDisk().tryLock(directory().resolve(TableFileName.LOCK))) {
            assertThat(lock).isNotNull();
            assertThat(saveFresh(FIRST).toString()).contains("another process is saving");
        }
        assertThat(loadFresh()).isEqualTo(new Answer.Empty());
        assertThat(saveFresh(FIRST)).isEqualTo(new Saved.Done());
    }

    /** Cut off, and changed, at every third byte in turn. */
    @Test
    void aTornNewestFileFallsBackToTheOneBefore() throws Exception {
        byte[] whole = TableCodec.encode(SECOND);
        for (int at = 0; at < whole.length; at += 3) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x40;
            for (byte[] torn : List.of(Arrays.copyOf(whole, at), changed)) {
                saveFresh(FIRST);
                Path newest = directory().resolve(TableFileName.of(SECOND.version()));
                Files.write(newest, torn);

                assertThat(loadFresh()).isEqualTo(new Answer.Found(FIRST, 0));
                assertThat(newest).doesNotExist();
                assertThat(saveFresh(SECOND)).isEqualTo(new Saved.Done());
                assertThat(loadFresh()).isEqualTo(new Answer.Found(SECOND, 0));
                clear();
            }
        }
    }

    @Test
    void aTornFileIsToldByNameAndKeptAside() throws Exception {
        saveFresh(FIRST);
        for (int i = 2; i < 10; i++) {
            String name = TableFileName.of(new Version(1, i));
            Files.write(directory().resolve(name), new byte[] {1, 2, 3});
            try (Log log = new Log()) {
                loadFresh();

                assertThat(log.lines()).anyMatch(l -> l.contains(name) && l.contains("put aside"));
            }
            assertThat(directory().resolve(name + ".aside")).exists();
        }
        assertThat(names().filter(name -> name.endsWith(".aside"))).hasSize(3);
    }

    @Test
    void aTableUnderAWrongNameIsNotBelieved() throws Exception {
        saveFresh(FIRST);
        Files.write(
                directory().resolve(TableFileName.of(new Version(9, 9))),
                TableCodec.encode(SECOND));

        assertThat(loadFresh()).isEqualTo(new Answer.Found(FIRST, 0));
    }

    @Test
    void aTableFromTheFutureIsNeitherReadNorReplaced() throws Exception {
        saveFresh(FIRST);
        Path future = directory().resolve(TableFileName.of(SECOND.version()));
        Files.write(future, fromTheFuture(SECOND));

        Answer answer = loadFresh();
        Saved saved = saveFresh(Tables.of(7, 1));

        assertThat(answer).isInstanceOf(Answer.Refused.class);
        assertThat(answer.toString()).contains("written by a newer version", future.toString());
        assertThat(saved).isInstanceOf(Saved.Refused.class);
        assertThat(Files.readAllBytes(future)).isEqualTo(fromTheFuture(SECOND));
    }

    @Test
    void onlyTheNewestTwoTablesStay() throws Exception {
        try (FileStore store = new FileStore(directory())) {
            for (int i = 1; i <= 10; i++) {
                await(store.save(Tables.of(1, i)));
            }
        }
        assertThat(names().filter(name -> name.endsWith(".table")))
                .containsExactlyInAnyOrder(
                        TableFileName.of(new Version(1, 9)), TableFileName.of(new Version(1, 10)));
    }

    /** Every step fails in turn, alone or as a crash, with a rename done or not. */
    @Test
    void whicheverStepFailsATableIsThereAndSavingAgainHelps() throws Exception {
        int unknown = 0;
        for (int variant = 0; variant < 4; variant++) {
            boolean met = true;
            for (int nth = 1; met; nth++) {
                clear();
                FaultyDisk disk = new FaultyDisk();
                try (FileStore store = new FileStore(directory(), disk)) {
                    await(store.save(FIRST));
                    disk.failNth(nth, variant % 2 == 1, variant / 2 == 1);
                    Saved saved = await(store.save(SECOND));
                    met = disk.met();
                    boolean done = saved.equals(new Saved.Done());
                    assertThat(done || saved instanceof Saved.Unknown).as("%s", saved).isTrue();
                    unknown += done ? 0 : 1;

                    Answer there = loadFresh();
                    AssignmentTable table = ((Answer.Found) there).table();
                    assertThat(table).isIn(done ? List.of(SECOND) : List.of(FIRST, SECOND));

                    disk.heal();
                    assertThat(await(store.save(SECOND))).isEqualTo(new Saved.Done());
                    assertThat(loadFresh()).isEqualTo(new Answer.Found(SECOND, 0));
                }
            }
        }
        assertThat(unknown).isGreaterThan(20);
    }

    /** The name is there, but it was never forced: the save that says done must have done it. */
    @Test
    void aSaveThatIsTriedAgainForcesAgain() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (FileStore store = new FileStore(directory(), disk)) {
            await(store.save(FIRST));
            int forceDirectory = 7;
            disk.failNth(forceDirectory, false, false);
            assertThat(await(store.save(SECOND)).toString()).contains("force directory");
            disk.failNth(forceDirectory, false, false);
            assertThat(await(store.save(SECOND)).toString()).contains("force");
            disk.heal();
            assertThat(await(store.save(SECOND))).isEqualTo(new Saved.Done());
        }
    }

    @Test
    void aDiskThatFailsWhileReadingIsDown() throws Exception {
        saveFresh(FIRST);
        FaultyDisk disk = new FaultyDisk();
        disk.failNth(1, true, false);
        try (FileStore store = new FileStore(directory(), disk)) {
            assertThat(await(store.newerThan(Version.NONE))).isInstanceOf(Answer.Down.class);
            disk.heal();
            assertThat(await(store.newerThan(Version.NONE))).isEqualTo(new Answer.Found(FIRST, 0));
        }
    }

    @Test
    void aDiskThatHangsFillsABoundedQueue() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        FaultyDisk disk = new FaultyDisk();
        disk.hangUntil(latch);
        try (FileStore store = new FileStore(directory(), disk)) {
            List<CompletionStage<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < DiskThread.QUEUE_LENGTH + 5; i++) {
                answers.add(store.newerThan(Version.NONE));
            }
            assertThat(await(answers.get(answers.size() - 1)).toString()).contains("queue is full");
            latch.countDown();
            assertThat(await(answers.get(0))).isEqualTo(new Answer.Empty());
        }
    }

    @Test
    void aClosedStoreIsDown() throws Exception {
        FileStore store = new FileStore(directory());
        store.close();

        assertThat(await(store.newerThan(Version.NONE)).toString()).contains("is closed");
        assertThat(await(store.save(FIRST)).toString()).contains("is closed");
    }

    /** A table as a later build would write it: its frame is ours, its format is not. */
    static byte[] fromTheFuture(AssignmentTable table) {
        byte[] bytes = TableCodec.encode(table);
        ByteBuffer.wrap(bytes).putInt(4, TableCodec.FORMAT + 1);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 12);
        crc.update(bytes, 16, bytes.length - 16);
        ByteBuffer.wrap(bytes).putInt(12, (int) crc.getValue());
        return bytes;
    }

    private Answer loadFresh() throws Exception {
        try (FileStore store = new FileStore(directory())) {
            return await(store.newerThan(Version.NONE));
        }
    }

    private Saved saveFresh(AssignmentTable table) throws Exception {
        try (FileStore store = new FileStore(directory())) {
            return await(store.save(table));
        }
    }

    private Stream<String> names() throws IOException {
        return new LocalDisk()
                .list(directory()).stream().map(file -> file.getFileName().toString());
    }

    private void clear() throws IOException {
        if (Files.isDirectory(directory())) {
            for (Path file : new LocalDisk().list(directory())) {
                Files.delete(file);
            }
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
