package io.penstock.exporter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStorageTest {
    private final DiskStorage storage = new DiskStorage();

    @TempDir Path directory;

    @Test
    void createsFilesThatAreWrittenThrough() throws IOException {
        Path path = directory.resolve("f");
        try (StorageFile file = storage.create(path, 600_000)) {
            assertThat(file.size()).isEqualTo(600_000);
            byte[] bytes = new byte[10];
            assertThat(file.read(599_995, bytes, 0, 10)).isEqualTo(5);
        }
        assertThatThrownBy(() -> storage.create(path, 10))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void mapsWhatIsWrittenAndWritesWhatIsMapped() throws IOException {
        try (StorageFile file = storage.create(directory.resolve("f"), 8192)) {
            MappedRegion region = file.map();
            region.putLongRelease(4096, 0x1122334455667788L);
            byte[] bytes = new byte[8];
            file.read(4096, bytes, 0, 8);
            assertThat(bytes[0]).isEqualTo((byte) 0x88);
            file.write(0, new byte[] {1, 2, 3, 4}, 1, 3);
            assertThat(region.getInt(0)).isEqualTo(0x040302);
            region.unmap();
            region.unmap();
            assertThatThrownBy(() -> region.getLong(0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MappedRegion(ByteBuffer.allocate(8)));
    }

    @Test
    void resizesBothWays() throws IOException {
        Path path = directory.resolve("f");
        try (StorageFile file = storage.create(path, 10)) {
            file.resize(1_000_000);
            assertThat(Files.size(path)).isEqualTo(1_000_000);
            file.resize(5);
            assertThat(Files.size(path)).isEqualTo(5);
            file.force();
        }
    }

    @Test
    void letsOneHolderLockADirectory() throws IOException {
        Path lock = directory.resolve("lock");
        Closeable held = storage.lock(lock);
        assertThatThrownBy(() -> storage.lock(lock)).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> storage.lock(directory.resolve("x/../lock")))
                .isInstanceOf(LockedException.class)
                .hasMessageContaining("in use");
        held.close();
        held.close();
        storage.lock(lock).close();
    }

    @Test
    void listsSortedAndNothingWhereThereIsNothing() throws IOException {
        storage.create(directory.resolve("b"), 0).close();
        storage.create(directory.resolve("a"), 0).close();
        assertThat(storage.list(directory))
                .containsExactly(directory.resolve("a"), directory.resolve("b"));
        storage.rename(directory.resolve("a"), directory.resolve("b"));
        storage.forceDirectory(directory);
        assertThat(storage.list(directory)).containsExactly(directory.resolve("b"));
        storage.delete(directory.resolve("none"));
        assertThat(storage.list(directory.resolve("none"))).isEmpty();
    }

    @Test
    void budgetKeepsTheLastEighthForTheSmall() {
        DiskBudget budget = new DiskBudget(800);
        assertThat(budget.reserve(700, true)).isTrue();
        assertThat(budget.reserve(1, true)).isFalse();
        assertThat(budget.reserve(100, false)).isTrue();
        assertThat(budget.reserve(1, false)).isFalse();
        budget.release(200);
        assertThat(budget.reserve(100, true)).isTrue();
        budget.charge(1000);
        assertThat(budget.usedBytes()).isEqualTo(1700);
        assertThatIllegalArgumentException().isThrownBy(() -> new DiskBudget(0));
    }

    @Test
    void aPartOfABudgetHasAShareOfWhatIsNotKeptForTheSmall() {
        AtomicLong mine = new AtomicLong();
        DiskShare half =
                new DiskShare() {
                    @Override
                    public boolean allows(long bytes, long freeBytes) {
                        return mine.get() + bytes <= freeBytes;
                    }

                    @Override
                    public void add(long bytes) {
                        mine.addAndGet(bytes);
                    }
                };
        DiskBudget budget = new DiskBudget(800);
        DiskBudget part = budget.part(half);
        assertThat(part.reserve(350, true)).isTrue();
        assertThat(part.hasRoom(1, true)).isFalse();
        assertThat(part.reserve(1, true)).isFalse();
        assertThat(part.reserve(50, false)).as("the small are not asked for").isTrue();
        assertThat(budget.reserve(300, true)).isTrue();
        assertThat(budget.usedBytes()).isEqualTo(700);
        part.release(400);
        assertThat(mine).hasValue(0);
        assertThat(budget.usedBytes()).isEqualTo(300);
    }
}
