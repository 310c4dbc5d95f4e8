package io.penstock.exporter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteWindowTest {
    private static final int FILE_BYTES = 4 * WriteWindow.CAPACITY;

    @TempDir Path directory;

    private final FaultStorage storage = new FaultStorage();
    private final WriteWindow window = new WriteWindow();
    private StorageFile file;
    private MappedRegion mapped;

    @BeforeEach
    void map() throws IOException {
        file = storage.create(directory.resolve("f"), FILE_BYTES);
        mapped = file.map();
    }

    private byte[] read(int offset, int length) {
        byte[] bytes = new byte[length];
        mapped.get(offset, bytes, 0, length);
        return bytes;
    }

    @Test
    void whatWasFlushedIsSeenThroughTheMapping() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] expected = new byte[FILE_BYTES];
        random.nextBytes(expected);
        int from = 100;
        window.open(file, from);
        int at = from;
        while (at < FILE_BYTES) {
            int piece = Math.min(FILE_BYTES - at, 1 + random.nextInt(WriteWindow.CAPACITY / 2));
            window.put(at, expected, at, piece);
            at += piece;
        }
        window.flush();
        assertThat(read(from, FILE_BYTES - from))
                .isEqualTo(Arrays.copyOfRange(expected, from, FILE_BYTES));
        assertThat(read(0, from)).containsOnly(0);
    }

    @Test
    void anEarlierPlaceMayBePutAgainWhileItIsHeld() {
        window.open(file, 64);
        window.skipTo(128);
        window.put(128, new byte[] {1, 2, 3}, 0, 3);
        assertThat(window.holds(64)).isTrue();
        assertThat(window.holds(131)).isFalse();
        window.put(72, new byte[] {9}, 0, 1);
        assertThat(read(72, 1)).containsExactly(0);
        window.flush();
        assertThat(read(72, 1)).containsExactly(9);
        assertThat(read(128, 3)).containsExactly(1, 2, 3);
        assertThat(window.holds(72)).isFalse();
        assertThatThrownBy(() -> window.put(72, new byte[1], 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatWasNotFlushedIsForgottenByTheNextUse() {
        window.open(file, 0);
        window.put(0, new byte[] {1}, 0, 1);
        window.open(file, 8);
        window.put(8, new byte[] {2}, 0, 1);
        window.flush();
        assertThat(read(0, 9)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 2);
    }

    @Test
    void aFailedWriteIsSaid() {
        window.open(file, 0);
        window.put(0, new byte[10], 0, 10);
        storage.failAll(FaultStorage.Operation.WRITE);
        assertThatThrownBy(window::flush).isInstanceOf(UncheckedIOException.class);
    }
}
