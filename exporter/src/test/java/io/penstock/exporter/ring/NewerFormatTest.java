package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a later version wrote: nothing is opened, nothing is touched, nothing is lost. */
class NewerFormatTest {
    @TempDir Path directory;

    @BeforeEach
    void keepABacklog() throws IOException {
        Ring ring = new RingKit(directory).open();
        ring.openCursor("a").close();
        for (long i = 0; i < 50; i++) {
            assertThat(RingKit.append(ring, Batch.numbered(i, 4000))).isPositive();
        }
        ring.close();
    }

    @Test
    void newerSegmentIsRefused() throws IOException {
        refusesAndTouchesNothing("slot-00002.seg", ByteOrder.LITTLE_ENDIAN, 48, Integer.BYTES);
    }

    @Test
    void newerCursorIsRefused() throws IOException {
        refusesAndTouchesNothing("a.cursor", ByteOrder.LITTLE_ENDIAN, 24, Long.BYTES);
    }

    @Test
    void newerSnapshotIsRefused() throws IOException {
        int length = (int) Files.size(directory.resolve("ring.snap"));
        refusesAndTouchesNothing(
                "ring.snap", ByteOrder.BIG_ENDIAN, length - Integer.BYTES, Integer.BYTES);
    }

    /** Raises the version, which stands at 8 in all three, and puts the checksum right. */
    private void refusesAndTouchesNothing(String name, ByteOrder order, int crcAt, int crcBytes)
            throws IOException {
        Path file = directory.resolve(name);
        byte[] old = Files.readAllBytes(file);
        byte[] raised = old.clone();
        ByteBuffer view = ByteBuffer.wrap(raised).order(order);
        view.putInt(8, view.getInt(8) + 1);
        CRC32C crc = new CRC32C();
        crc.update(raised, 0, crcAt);
        if (crcBytes == Integer.BYTES) {
            view.putInt(crcAt, (int) crc.getValue());
        } else {
            view.putLong(crcAt, crc.getValue());
        }
        Files.write(file, raised);
        Map<String, ByteBuffer> before = content();

        RingKit kit = new RingKit(directory);
        assertThatThrownBy(kit::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("newer format");
        assertThat(content()).isEqualTo(before);
        assertThat(kit.disk.usedBytes()).isZero();

        Files.write(file, old);
        Ring ring = kit.open();
        assertThat(RingKit.drain(ring.openCursor("a"))).hasSize(50);
        ring.close();
    }

    private Map<String, ByteBuffer> content() throws IOException {
        Map<String, ByteBuffer> content = new TreeMap<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                content.put(file.toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return content;
    }
}
