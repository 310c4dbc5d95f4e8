package io.penstock.exporter.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorFileTest {
    private static final CursorLine FIRST = new CursorLine(4096, 10, 1, 2, 3);
    private static final CursorLine SECOND = FIRST.advance(8000, 5, 0, 1);

    @TempDir Path directory;

    private CursorFile create() throws IOException {
        return CursorFile.create(new DiskStorage(), directory.resolve("a.cursor"), 77, FIRST);
    }

    private CursorFile reopen() throws IOException {
        return CursorFile.open(
                new DiskStorage(), directory.resolve("a.cursor"), Storage.Access.READ);
    }

    @Test
    void keepsTheLatestLine() throws IOException {
        CursorFile file = create();
        assertThat(reopen().line()).isEqualTo(FIRST);
        CursorLine line = FIRST;
        for (int i = 0; i < 10; i++) {
            line = line.advance(line.position() + 8, i, 0, 0);
            file.write(line);
            assertThat(reopen().line()).isEqualTo(line);
        }
        assertThat(reopen().status()).isEqualTo(CursorFile.Status.GOOD);
        assertThat(reopen().epoch()).isEqualTo(77);
    }

    /** A kill stops the stores at any point: each prefix of them must read as before or after. */
    @Test
    void aKillWhileALineIsWrittenLeavesTheOneBefore() throws IOException {
        CursorFile file = create();
        Path path = directory.resolve("a.cursor");
        byte[] before = Files.readAllBytes(path);
        file.write(SECOND);
        byte[] after = Files.readAllBytes(path);
        for (int changed = 0; changed <= after.length; changed += 8) {
            byte[] mixed = before.clone();
            System.arraycopy(after, 0, mixed, 0, changed);
            Files.write(path, mixed);
            boolean whole = Arrays.equals(mixed, after);
            assertThat(reopen().line()).isEqualTo(whole ? SECOND : FIRST);
        }
    }

    @Test
    void recordsTakes() throws IOException {
        CursorFile file = create();
        file.writeOpen(3, 4096, 5000, 12);
        file.writeOffers(3, 2);
        file.writeOpen(63, 5000, 6000, 9);
        file.writeCommitted(63, 7, 1, 1);
        assertThat(reopen().takes().get(3))
                .isEqualTo(new TakeRecord(3, TakeRecord.State.OPEN, 4096, 5000, 0, 0, 0, 2));
        assertThat(reopen().takes().get(63))
                .isEqualTo(new TakeRecord(63, TakeRecord.State.COMMITTED, 5000, 6000, 7, 1, 1, 1));
        file.free(3);
        assertThat(reopen().takes().get(3).state()).isEqualTo(TakeRecord.State.FREE);
    }

    @Test
    void noticesEveryFlippedBit() throws IOException {
        CursorFile file = create();
        file.write(SECOND);
        file.writeOpen(0, 8000, 9000, 12);
        file.writeCommitted(0, 12, 0, 0);
        Path path = directory.resolve("a.cursor");
        byte[] good = Files.readAllBytes(path);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3000; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(3) == 0 ? 4096 + random.nextInt(64) : random.nextInt(384);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, bad);
            CursorFile opened = reopen();
            if (opened.status() == CursorFile.Status.GOOD) {
                assertThat(opened.line()).isIn(FIRST, SECOND);
                TakeRecord take = opened.takes().get(0);
                boolean harmless = at < 4096 || at >= 4096 + CursorLayout.SLOT_OFFERS;
                assertThat(take.state() == TakeRecord.State.COMMITTED).isEqualTo(harmless);
                assertThat(take.state()).isNotEqualTo(TakeRecord.State.OPEN);
            }
            opened.close();
        }
    }

    @Test
    void judgesShortAndNewerFiles() throws IOException {
        create();
        Path path = directory.resolve("a.cursor");
        byte[] good = Files.readAllBytes(path);
        for (int length : new int[] {0, 1, 100, 4096, 8191}) {
            Files.write(path, Arrays.copyOf(good, length));
            assertThat(reopen().status()).isEqualTo(CursorFile.Status.DAMAGED);
            assertThat(reopen().line()).isNull();
        }
        for (int length : new int[] {8192, CursorLayout.FILE_BYTES - 1}) {
            Files.write(path, Arrays.copyOf(good, length));
            assertThat(reopen().status()).isEqualTo(CursorFile.Status.DAMAGED);
        }
    }
}
