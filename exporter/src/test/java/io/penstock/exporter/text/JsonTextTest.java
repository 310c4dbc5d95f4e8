package io.penstock.exporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void escapesEveryCharacterSoThatJacksonReadsItBack() throws IOException {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            boolean surrogate =
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            boolean tested = point < 0x3000 || point % 97 == 0 || point > 0x10fff0;
            if (!surrogate && tested) {
                String text = Character.toString(point);
                assertThat(JacksonTree.read(write(text, 0))).isEqualTo(text);
            }
        }
    }

    @Test
    void escapesTextsOfAllLengthsAtAllPlaces() throws IOException {
        SplittableRandom random = Seed.random("JsonTextTest");
        for (int round = 0; round < 50_000; round++) {
            String text = RandomText.next(random, 40);
            assertThat(JacksonTree.read(write(text, random.nextInt(9)))).isEqualTo(text);
        }
    }

    @Test
    void passesOnWhatNeedsNoEscape() {
        assertThat(write("naïve /path?q=😀\u007f", 0)).isEqualTo("\"naïve /path?q=😀\u007f\"");
    }

    @Test
    void writesBase64AsTheJdkDoes() {
        SplittableRandom random = Seed.random("JsonTextTest.base64");
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] out = new byte[Base64Text.room(length)];
            assertThat(Base64Text.put(bytes, 0, length, out, 0)).isEqualTo(out.length);
            assertThat(out).isEqualTo(Base64.getEncoder().encode(bytes));
        }
    }

    /** Writes a text that lies with {@code behind} bytes behind it in its array. */
    private static String write(String text, int behind) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] source = new byte[utf8.length + behind];
        java.util.Arrays.fill(source, (byte) '"');
        System.arraycopy(utf8, 0, source, 0, utf8.length);
        byte[] out = new byte[JsonText.room(utf8.length)];
        int end = JsonText.put(source, 0, utf8.length, out, 0);
        if (end == JsonText.ESCAPES) {
            out = new byte[JsonText.escapedRoom(source, 0, utf8.length)];
            end = JsonText.putEscaped(source, 0, utf8.length, out, 0);
            assertThat(end).isEqualTo(out.length);
        }
        return new String(out, 0, end, StandardCharsets.UTF_8);
    }
}
