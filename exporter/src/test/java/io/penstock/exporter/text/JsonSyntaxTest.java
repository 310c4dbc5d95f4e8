package io.penstock.exporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSyntaxTest {

    private static final JsonFactory JACKSON = new JsonFactory();

    private final JsonSyntax syntax = new JsonSyntax();
    private final JsonObject object = new JsonObject(syntax);

    @Test
    void takesExactlyWhatJacksonTakes() {
        SplittableRandom random = Seed.random("JsonSyntaxTest");
        int taken = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] json = mutated(random).getBytes(StandardCharsets.UTF_8);
            boolean ours = takes(json);
            assertThat(ours)
                    .as(new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(jacksonTakes(json));
            taken += ours ? 1 : 0;
        }
        assertThat(taken).isBetween(20_000, 180_000);
    }

    @Test
    void refusesTextsThatAreNotUtf8() {
        byte[] json = "{\"a\":\"xxxxxxxxxxx\"}".getBytes(StandardCharsets.UTF_8);
        json[9] = (byte) 0xc0;

        assertThat(takes(json)).isFalse();
        assertThat(syntax.fault()).isEqualTo("a text is not UTF-8");
        assertThat(syntax.faultAt()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1] | 0 | expected '{'",
                "{\"a\" 1} | 5 | expected ':'",
                "{\"a\":1 \"b\":2} | 7 | expected ',' or '}'",
                "{\"a\":1,} | 7 | expected a key in quotes",
                "{\"a\":tru} | 5 | expected a value",
                "{\"a\":01} | 5 | a number begins with 0",
                "{\"a\":1.} | 5 | a number ends in '.'",
                "{\"a\":1e} | 5 | a number has an empty exponent",
                "{\"a\":\"x | 5 | a text has no end",
                "{\"a\":\"\\x\"} | 6 | no such escape",
                "{\"a\":\"\\u12g4\"} | 6 | an escape without four hexadecimal digits",
                "{\"a\":1 | 6 | expected ',' or '}', the text ends"
            })
    void saysWhatIsWrongAndWhere(String json, int at, String reason) {
        assertThat(takes(json.getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(syntax.fault()).isEqualTo(reason);
        assertThat(syntax.faultAt()).isEqualTo(at);
    }

    @Test
    void refusesWhatNestsTooDeep() {
        int most = JsonSyntax.MAX_DEPTH - 1;

        assertThat(takes(nested(most))).isTrue();
        assertThat(takes(nested(most + 1))).isFalse();
        assertThat(takes(nested(100_000))).isFalse();
    }

    @Test
    void refusesTooManyMembers() {
        StringBuilder json = new StringBuilder("{\"a\":1");
        for (int i = 1; i < JsonObject.MAX_MEMBERS; i++) {
            json.append(",\"m").append(i).append("\":1");
        }

        assertThat(takes((json + "}").getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(takes((json + ",\"b\":1}").getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void resolvesEscapesAsJacksonDoes() throws IOException {
        SplittableRandom random = Seed.random("JsonSyntaxTest.escapes");
        String[] pieces = {
            "x",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b\\f\\r\\t",
            "\\u0000",
            "\\u00e4",
            "\\u20AC",
            "\\ud83d\\ude00",
            "ä",
            "😀"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(unescape(text.toString())).isEqualTo(JacksonTree.read("\"" + text + "\""));
        }
    }

    @Test
    void replacesHalvesOfPairs() {
        assertThat(unescape("a\\ud83db")).isEqualTo("a\ufffdb");
        assertThat(unescape("\\ude00\\ud83d")).isEqualTo("\ufffd\ufffd");
        assertThat(unescape("\\ud83d\\ud83d\\ude00")).isEqualTo("\ufffd😀");
        assertThat(unescape("\\ud83d\\n")).isEqualTo("\ufffd\n");
    }

    @Test
    void readsNumbersAsTheJdkDoes() {
        SplittableRandom random = Seed.random("JsonSyntaxTest.numbers");
        for (int round = 0; round < 100_000; round++) {
            String text = number(random);
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertThat(JsonValues.toDouble(bytes, 0, bytes.length))
                    .as(text)
                    .isEqualTo(Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, true",
        "9223372036854775808, false",
        "-9223372036854775808, true",
        "-9223372036854775809, false",
        "10000000000000000000, false",
        "-0, true"
    })
    void knowsWhatFitsALong(String text, boolean fits) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(JsonValues.fitsLong(bytes, 0, bytes.length)).isEqualTo(fits);
        if (fits) {
            assertThat(JsonValues.toLong(bytes, 0, bytes.length)).isEqualTo(Long.parseLong(text));
        }
    }

    private static String number(SplittableRandom random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        text.append(random.nextLong(random.nextBoolean() ? 1000 : 1L << 60));
        if (random.nextBoolean()) {
            text.append('.').append(random.nextInt(random.nextBoolean() ? 10 : 1_000_000_000));
        }
        if (random.nextBoolean()) {
            text.append("eE".charAt(random.nextInt(2)))
                    .append(new String[] {"", "+", "-"}[random.nextInt(3)])
                    .append(random.nextInt(random.nextInt(3) == 0 ? 100_000 : 30));
        }
        return text.toString();
    }

    private static byte[] nested(int arrays) {
        String json = "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    private static String unescape(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length];
        int end = JsonValues.unescape(bytes, 0, bytes.length, out, 0);
        return new String(out, 0, end, StandardCharsets.UTF_8);
    }

    private static String mutated(SplittableRandom random) {
        StringBuilder json = new StringBuilder(RandomJson.object(random));
        String alphabet = "{}[]\",:\\ \n0123456789.eE+-truefalsnu\u0001ä/";
        for (int i = random.nextInt(3); i > 0 && json.length() > 0; i--) {
            int at = random.nextInt(json.length());
            char each =
                    random.nextBoolean()
                            ? alphabet.charAt(random.nextInt(alphabet.length()))
                            : (char) random.nextInt(1, 128);
            switch (random.nextInt(4)) {
                case 0 -> json.deleteCharAt(at);
                case 1 -> json.insert(at, each);
                case 2 -> json.setCharAt(at, each);
                default -> json.setLength(at);
            }
        }
        return json.toString();
    }

    private boolean takes(byte[] json) {
        int to = object.read(json, 0, json.length);
        return to >= 0 && JsonSyntax.skipSpace(json, to, json.length) == json.length;
    }

    private static boolean jacksonTakes(byte[] json) {
        try (JsonParser parser = JACKSON.createParser(json)) {
            if (json.length == 0 || json[0] != '{' || parser.nextToken() == null) {
                return false;
            }
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return false;
                }
                if (token == JsonToken.VALUE_STRING) {
                    parser.getText();
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            return parser.nextToken() == null;
        } catch (IOException bad) {
            return false;
        }
    }
}
