package io.penstock.exporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {

    @Test
    void judgesAllPairsOfBytesAsTheJdkDoes() {
        byte[] text = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        for (int pair = 0; pair < 1 << 16; pair++) {
            text[3] = (byte) (pair >> 8);
            text[4] = (byte) pair;
            agrees(text, 0, text.length);
            agrees(text, 1, 5);
        }
    }

    @Test
    void judgesRandomBytesAsTheJdkDoes() {
        SplittableRandom random = Seed.random("Utf8Test");
        for (int round = 0; round < 200_000; round++) {
            byte[] text = RandomText.next(random, 12).getBytes(StandardCharsets.UTF_8);
            if (text.length > 0 && random.nextBoolean()) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            agrees(text, 0, text.length);
        }
    }

    @Test
    void namesTheFirstBadByte() {
        byte[] text = {'a', (byte) 0xc3, (byte) 0xa4, 'b', (byte) 0xff, 'c'};

        assertThat(Utf8.firstFault(text, 0, text.length)).isEqualTo(4);
        assertThat(Utf8.firstFault(text, 0, 2)).isEqualTo(1);
        assertThat(Utf8.firstFault(text, 0, 3)).isEqualTo(Utf8.VALID);
    }

    private static void agrees(byte[] text, int from, int end) {
        boolean valid = Utf8.firstFault(text, from, end) == Utf8.VALID;
        if (valid != jdkTakes(text, from, end)) {
            assertThat(valid).as("bytes %s", java.util.Arrays.toString(text)).isEqualTo(!valid);
        }
    }

    private static boolean jdkTakes(byte[] text, int from, int end) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, from, end - from));
            return true;
        } catch (CharacterCodingException bad) {
            return false;
        }
    }
}
