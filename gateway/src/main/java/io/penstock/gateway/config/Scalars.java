package io.penstock.gateway.config;

import io.penstock.model.RepoName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of the configuration as numbers. Every method throws {@link IllegalArgumentException} with
 * what was expected.
 */
final class Scalars {
    private static final Pattern NUMBER = Pattern.compile("([+-]?[0-9][0-9_]*) ?([A-Za-z]*)");
    private static final String[] SIZE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    /** What a number counts, told by the suffix of its key. */
    enum Unit {
        PLAIN("a whole number"),
        BYTES("a size such as 64KiB, 16MiB, 1GiB, or a number of bytes"),
        MILLIS("a duration such as 250ms, 2s, 5m, 1h, or a number of milliseconds");

        final String expected;

        Unit(String expected) {
            this.expected = expected;
        }

        static Unit ofComponent(String name) {
            if (name.endsWith("Bytes")) {
                return BYTES;
            }
            return name.endsWith("Ms") ? MILLIS : PLAIN;
        }
    }

    private Scalars() {}

    /** The text as a value of a component's type. */
    static Object convert(Class<?> type, Unit unit, String text) {
        if (type == String.class) {
            return text;
        } else if (type == int.class || type == Integer.class) {
            return integer(text, unit);
        } else if (type == long.class || type == Long.class) {
            return number(text, unit);
        } else if (type == boolean.class || type == Boolean.class) {
            return bool(text);
        } else if (type == double.class || type == Double.class) {
            return real(text);
        } else if (type == RepoName.class) {
            return new RepoName(text);
        } else if (type == Path.class) {
            return path(text);
        } else if (type.isEnum()) {
            return word(text, type);
        }
        throw new IllegalStateException("no way to read a " + type + " from a configuration");
    }

    /** What a component of a type wants to see, for messages. */
    static String expected(Class<?> type, Unit unit) {
        if (type == String.class) {
            return "a text";
        } else if (type == boolean.class) {
            return "true or false";
        }
        return type.isPrimitive() ? unit.expected : "a value";
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException notOne) {
            throw expected("a path", text);
        }
    }

    private static long number(String text, Unit unit) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            throw expected(unit, text);
        }
        try {
            long count = Long.parseLong(matcher.group(1).replace("_", ""));
            return Math.multiplyExact(count, factor(matcher.group(2), unit, text));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new IllegalArgumentException("'" + text + "' is too large a number", tooLarge);
        }
    }

    private static long factor(String suffix, Unit unit, String text) {
        if (suffix.isEmpty()) {
            return 1;
        }
        return switch (unit) {
            case PLAIN -> throw expected(unit, text);
            case BYTES -> sizeFactor(suffix, text);
            case MILLIS ->
                    switch (suffix) {
                        case "ms" -> 1;
                        case "s" -> 1_000;
                        case "m" -> 60_000;
                        case "h" -> 3_600_000;
                        case "d" -> 86_400_000;
                        default -> throw expected(unit, text);
                    };
        };
    }

    private static long sizeFactor(String suffix, String text) {
        for (int i = 0; i < SIZE_UNITS.length; i++) {
            if (SIZE_UNITS[i].equals(suffix)) {
                return 1L << (10 * i);
            }
        }
        throw expected(Unit.BYTES, text);
    }

    private static int integer(String text, Unit unit) {
        long number = number(text, unit);
        if (number != (int) number) {
            throw new IllegalArgumentException(
                    "'" + text + "' is beyond what this key can hold, " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw expected("true or false", text);
        };
    }

    private static double real(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notOne) {
            throw expected("a number", text);
        }
    }

    private static Object word(String text, Class<?> type) {
        StringBuilder known = new StringBuilder();
        for (Object constant : type.getEnumConstants()) {
            String word = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return constant;
            }
            known.append(known.isEmpty() ? "" : " | ").append(word);
        }
        throw expected("one of " + known, text);
    }

    private static IllegalArgumentException expected(Unit unit, String text) {
        return expected(unit.expected, text);
    }

    private static IllegalArgumentException expected(String what, String found) {
        return new IllegalArgumentException("expected " + what + ", found '" + found + "'");
    }
}
