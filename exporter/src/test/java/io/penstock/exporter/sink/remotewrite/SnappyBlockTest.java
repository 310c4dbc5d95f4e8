package io.penstock.exporter.sink.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyBlockTest {

    private final SnappyBlock block = new SnappyBlock();

    private byte[] pack(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        block.start((bytes, offset, length) -> packed.write(bytes, offset, length));
        int half = plain.length / 2;
        block.write(plain, 0, half);
        block.write(plain, half, plain.length - half);
        block.finish();
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 60, 61, 64, 65, 255, 256, 257, 65_536, 65_537, 200_000})
    void comesBackAsItWas(int length) throws IOException {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("comesBackAsItWas -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed + length);
        for (int letters : new int[] {1, 2, 20, 256}) {
            byte[] plain = new byte[length];
            for (int i = 0; i < length; i++) {
                plain[i] = (byte) random.nextInt(letters);
            }
            assertThat(WriteRequests.unpack(pack(plain))).isEqualTo(plain);
        }
    }

    @Test
    void packsWhatRepeats() throws IOException {
        byte[] plain =
                "instance=\"a\",job=\"node\" ".repeat(4_000).getBytes(StandardCharsets.UTF_8);
        assertThat(pack(plain)).hasSizeLessThan(plain.length / 10);
    }
}
