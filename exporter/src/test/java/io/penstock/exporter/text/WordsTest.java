package io.penstock.exporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void findsTheFirstSpecialByteWhereverItStands() {
        byte[] bytes = new byte[8];
        for (int value = 0; value < 256; value++) {
            boolean special = value < 0x20 || value == '"' || value == '\\';
            for (int at = 0; at < 8; at++) {
                Arrays.fill(bytes, (byte) 'x');
                bytes[at] = (byte) value;
                long marks = Words.jsonSpecial(Words.get(bytes, 0));
                assertThat(marks != 0).isEqualTo(special);
                assertThat(special ? Words.first(marks) : at).isEqualTo(at);
            }
        }
    }

    @Test
    void findsAndComparesAsLoopsDo() {
        SplittableRandom random = Seed.random("WordsTest");
        for (int round = 0; round < 50_000; round++) {
            byte[] a = bytes(random);
            byte[] b = random.nextBoolean() ? a.clone() : bytes(random);
            int from = random.nextInt(a.length);
            int end = from + random.nextInt(a.length - from + 1);
            int expected = from;
            while (expected < end && a[expected] != 1) {
                expected++;
            }
            assertThat(Words.indexOf(a, from, end, (byte) 1)).isEqualTo(expected);
            int length = Math.min(end, b.length) - Math.min(from, b.length);
            if (from + length <= b.length) {
                assertThat(Words.equal(a, from, b, from, length))
                        .isEqualTo(Arrays.equals(a, from, from + length, b, from, from + length));
            }
        }
    }

    @Test
    void hashesEqualRangesEqually() {
        byte[] a = "xhello, world!".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] b = "hello, world!".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(Words.hash(a, 1, 13)).isEqualTo(Words.hash(b, 0, 13));
        assertThat(Words.hash(a, 1, 12)).isNotEqualTo(Words.hash(b, 0, 13));
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[1 + random.nextInt(30)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(3);
        }
        return bytes;
    }
}
