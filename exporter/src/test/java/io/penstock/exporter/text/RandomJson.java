package io.penstock.exporter.text;

import java.util.SplittableRandom;

/** Random JSON in which every form of value, escape and white space turns up. */
public final class RandomJson {

    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1.5",
        "1e3",
        "-0.0",
        "9223372036854775807",
        "9223372036854775808",
        "1e999",
        "0.1234567890123456789",
        "12345678901234567890.5",
        "2E-7"
    };
    private static final String[] NAMES = {
        "a", "b", "status", "time", "an \\\"escaped\\\" name", "\\u0061", "", "ümläut", "user-agent"
    };

    private RandomJson() {}

    /** An object on one line. */
    public static String object(SplittableRandom random) {
        StringBuilder json = new StringBuilder();
        object(random, 0, json);
        return json.toString();
    }

    private static void object(SplittableRandom random, int depth, StringBuilder json) {
        json.append('{').append(space(random));
        for (int i = random.nextInt(5); i > 0; i--) {
            json.append('"').append(NAMES[random.nextInt(NAMES.length)]).append('"');
            json.append(space(random)).append(':').append(space(random));
            value(random, depth, json);
            json.append(space(random)).append(i > 1 ? "," : "").append(space(random));
        }
        json.append('}');
    }

    private static void value(SplittableRandom random, int depth, StringBuilder json) {
        switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> json.append(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 1 -> json.append(random.nextLong());
            case 2 -> json.append(random.nextBoolean() ? "true" : "null");
            case 3, 4 -> text(random, json);
            case 5 -> object(random, depth + 1, json);
            default -> array(random, depth + 1, json);
        }
    }

    private static void array(SplittableRandom random, int depth, StringBuilder json) {
        json.append('[').append(space(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            value(random, depth, json);
            json.append(i > 1 ? "," : "").append(space(random));
        }
        json.append(']');
    }

    /** A text with escapes as other writers make them, too. */
    private static void text(SplittableRandom random, StringBuilder json) {
        json.append('"');
        String text = RandomText.next(random, 20);
        for (int point : text.codePoints().toArray()) {
            if (point < ' ' || point == '"' || point == '\\') {
                json.append(String.format("\\u%04x", point));
            } else {
                json.appendCodePoint(point);
            }
        }
        if (random.nextInt(4) == 0) {
            json.append("\\ud83d\\ude00\\n\\t\\/\\\\\\\"");
        }
        json.append('"');
    }

    private static String space(SplittableRandom random) {
        return random.nextInt(6) == 0 ? " \t".substring(random.nextInt(2)) : "";
    }
}
