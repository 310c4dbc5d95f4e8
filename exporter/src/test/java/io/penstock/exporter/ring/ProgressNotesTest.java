package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.exporter.cursor.CursorLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export noted about a take is there after a kill: the last note, or the one before. */
class ProgressNotesTest {
    private static final int FORMAT_1_BYTES = 8192;

    @TempDir Path directory;

    private Path path(String name) {
        return directory.resolve(name);
    }

    private static byte[] note(int of, int length) {
        byte[] note = new byte[length];
        Arrays.fill(note, (byte) of);
        return note;
    }

    private static void close(Ring ring, RingCursor cursor) throws IOException {
        cursor.close();
        ring.close();
    }

    private static byte[] progressOfNext(Ring ring) throws IOException {
        RingCursor cursor = ring.openCursor("a");
        byte[] progress = RingKit.take(cursor, 100, 10_000).progress();
        close(ring, cursor);
        return progress;
    }

    /** A ring with so many entries of one to five records, and a cursor 'a'. */
    private Ring filled(String name, int entries) throws IOException {
        Ring ring = new RingKit(path(name)).open();
        ring.openCursor("a").close();
        for (long i = 0; i < entries; i++) {
            assertThat(RingKit.append(ring, Batch.numbered(i, 300))).isPositive();
        }
        return ring;
    }

    /** The files as a kill leaves them, opened anew. */
    private Ring killed(String name, String copy) throws IOException {
        Files.createDirectories(path(copy));
        try (var files = Files.list(path(name))) {
            for (Path file : files.toList()) {
                Path target = path(copy).resolve(String.valueOf(file.getFileName()));
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new RingKit(path(copy)).open();
    }

    @Test
    void eachTakeComesBackWithItsOwnLastNote() throws IOException {
        Ring ring = filled("ring", 30);
        RingCursor cursor = ring.openCursor("a");
        Take first = RingKit.take(cursor, 3, 10_000);
        Take second = RingKit.take(cursor, 3, 10_000);
        Take third = RingKit.take(cursor, 3, 10_000);
        assertThat(first.progress()).isEmpty();
        for (int i = 1; i <= 5; i++) {
            cursor.note(second, note(i, i));
        }
        cursor.note(third, note(9, RingCursor.MAX_PROGRESS_BYTES));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursor.note(first, note(1, RingCursor.MAX_PROGRESS_BYTES + 1)));

        Ring again = killed("ring", "copy");
        RingCursor reopened = again.openCursor("a");
        assertThat(RingKit.take(reopened, 3, 10_000).progress()).isEmpty();
        Take restored = RingKit.take(reopened, 3, 10_000);
        assertThat(restored.first()).isEqualTo(second.first());
        assertThat(restored.progress()).isEqualTo(note(5, 5));
        assertThat(RingKit.take(reopened, 3, 10_000).progress())
                .isEqualTo(note(9, RingCursor.MAX_PROGRESS_BYTES));
        reopened.note(restored, note(6, 60));
        close(again, reopened);

        Ring newest = new RingKit(path("copy")).open();
        RingCursor last = newest.openCursor("a");
        RingKit.take(last, 3, 10_000);
        assertThat(RingKit.take(last, 3, 10_000).progress()).isEqualTo(note(6, 60));
        close(newest, last);
        close(ring, cursor);
    }

    @Test
    void aPlaceThatIsUsedAnewBringsNothingOfTheRunThatHadIt() throws IOException {
        Ring ring = filled("ring", 30);
        RingCursor cursor = ring.openCursor("a");
        for (int i = 0; i < 3; i++) {
            Take take = RingKit.take(cursor, 3, 10_000);
            assertThat(take.progress()).isEmpty();
            cursor.note(take, note(i, 20));
            cursor.note(take, note(i, 30));
            cursor.commit(take, take.records(), 0, 0);
        }
        RingKit.take(cursor, 3, 10_000);
        Ring again = killed("ring", "copy");
        assertThat(progressOfNext(again)).isEmpty();
        close(ring, cursor);
    }

    /** A kill stops the stores at any point: each prefix of them reads as before or after. */
    @Test
    void aKillWhileANoteIsWrittenLeavesTheOneBefore() throws IOException {
        Ring ring = filled("ring", 3);
        RingCursor cursor = ring.openCursor("a");
        Take take = RingKit.take(cursor, 100, 10_000);
        for (int i = 1; i < 4; i++) {
            cursor.note(take, note(i, 40));
        }
        byte[] before = Files.readAllBytes(path("ring").resolve("a.cursor"));
        cursor.note(take, note(4, 50));
        byte[] after = Files.readAllBytes(path("ring").resolve("a.cursor"));
        for (int changed = FORMAT_1_BYTES; changed < FORMAT_1_BYTES + 200; changed += 8) {
            // the checksum, which stands first, is written last
            byte[] mixed = before.clone();
            System.arraycopy(after, FORMAT_1_BYTES + 8, mixed, FORMAT_1_BYTES + 8, 8);
            System.arraycopy(after, 0, mixed, 0, changed);
            boolean whole = changed >= FORMAT_1_BYTES + 96;
            if (!whole) {
                System.arraycopy(before, FORMAT_1_BYTES, mixed, FORMAT_1_BYTES, 8);
            }
            Ring again = killed("ring", "copy");
            again.close();
            Files.write(path("copy").resolve("a.cursor"), mixed);
            again = new RingKit(path("copy")).open();
            assertThat(progressOfNext(again)).isEqualTo(whole ? note(4, 50) : note(3, 40));
        }
        close(ring, cursor);
    }

    @Test
    void aFlippedBitInANoteLeavesTheOneBefore() throws IOException {
        Ring ring = filled("ring", 3);
        RingCursor cursor = ring.openCursor("a");
        Take take = RingKit.take(cursor, 100, 10_000);
        cursor.note(take, note(1, 40));
        cursor.note(take, note(2, 40));
        byte[] good = Files.readAllBytes(path("ring").resolve("a.cursor"));
        killed("ring", "copy").close();
        for (int at = 0; at < 80; at++) {
            byte[] bad = good.clone();
            bad[FORMAT_1_BYTES + at] ^= 1; // the even copy is the last one
            Files.write(path("copy").resolve("a.cursor"), bad);
            Ring again = new RingKit(path("copy")).open();
            assertThat(progressOfNext(again)).isEqualTo(note(1, 40));
        }
        close(ring, cursor);
    }

    @Test
    void aNoteIsNotBelievedWhenAnEntryOfTheRunWasDamagedSince() throws IOException {
        Ring ring = filled("ring", 4);
        RingCursor cursor = ring.openCursor("a");
        Take take = RingKit.take(cursor, 100, 10_000);
        cursor.note(take, note(7, 10));
        killed("ring", "copy").close();
        Path segment = path("copy").resolve("slot-00001.seg");
        byte[] bytes = Files.readAllBytes(segment);
        byte[] body = Batch.numbered(2, 300).body();
        int at = indexOf(bytes, body);
        bytes[at + 100] ^= 1;
        Files.write(segment, bytes);
        Ring again = new RingKit(path("copy")).open();
        RingCursor reopened = again.openCursor("a");
        Take restored = RingKit.take(reopened, 100, 10_000);
        assertThat(restored.records()).isLessThan(take.records());
        assertThat(restored.progress()).isEmpty();
        close(again, reopened);
        close(ring, cursor);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void aFileOfTheFormatBeforeIsReadAndReplaced() throws IOException {
        Ring ring = filled("ring", 30);
        RingCursor cursor = ring.openCursor("a");
        Take first = RingKit.take(cursor, 6, 10_000);
        Take second = RingKit.take(cursor, 6, 10_000);
        cursor.commit(second, second.records(), 0, 0);
        killed("ring", "copy").close();
        Path file = path("copy").resolve("a.cursor");
        Files.write(file, ofFormat1(Files.readAllBytes(path("ring").resolve("a.cursor"))));

        Ring again = new RingKit(path("copy")).open();
        assertThat(Files.size(file)).isEqualTo(CursorLayout.FILE_BYTES);
        RingCursor reopened = again.openCursor("a");
        Take restored = RingKit.take(reopened, 6, 10_000);
        assertThat(restored.first()).isEqualTo(first.first());
        assertThat(restored.end()).isEqualTo(first.end());
        assertThat(restored.attempt()).isEqualTo(1);
        assertThat(RingKit.take(reopened, 6, 10_000).first()).isEqualTo(second.end());
        reopened.note(restored, note(3, 33));
        close(again, reopened);
        again = new RingKit(path("copy")).open();
        assertThat(progressOfNext(again)).isEqualTo(note(3, 33));
        close(ring, cursor);
    }

    private static byte[] ofFormat1(byte[] file) {
        byte[] old = Arrays.copyOf(file, FORMAT_1_BYTES);
        ByteBuffer view = ByteBuffer.wrap(old).order(ByteOrder.LITTLE_ENDIAN);
        view.putLong(8, 1);
        CRC32C crc = new CRC32C();
        crc.update(old, 0, 24);
        view.putLong(24, crc.getValue());
        return old;
    }
}
