package io.penstock.exporter.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.text.Seed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random expressions over random records, each printed as text and compiled, against an interpreter
 * that is as plain as can be: objects of the platform, numbers as {@link BigDecimal}.
 */
class ExpressionModelTest {

    private static final int EXPRESSIONS = 3000;
    private static final int RECORDS = 12;
    private static final List<String> FIELDS = List.of("a", "b.c", "d e", "f-g", "missing");
    private static final List<Object> VALUES =
            List.of(
                    0L,
                    1L,
                    -7L,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    (1L << 53) + 1,
                    0.5,
                    -0.0,
                    1.0,
                    9007199254740992.0,
                    (double) Long.MAX_VALUE,
                    1e300,
                    -1e-300,
                    true,
                    false,
                    "",
                    "a",
                    "aa",
                    "ä",
                    "😀",
                    "\uFFFD",
                    "x'y\"z\\");
    private static final List<String> PATTERNS = List.of("a", "^a+$", "^$", "[ä-ü]", "^.$", "'");

    private final SplittableRandom random = Seed.random("ExpressionModelTest");

    /** A random condition: how it is written, and what it means. */
    private record Written(String text, Meaning meaning) {}

    /** The naive interpreter's node. */
    private interface Meaning {
        boolean of(Map<String, @Nullable Object> row, long time);
    }

    @Test
    void compiledExpressionsMeanWhatTheyMeanToANaiveInterpreter() {
        int held = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            Written written = condition(4);
            for (int r = 0; r < RECORDS; r++) {
                Map<String, @Nullable Object> row = row();
                long time = pick(List.of(0L, -1L, 1_795_329_000_000_000_000L, Long.MAX_VALUE));
                boolean expected = written.meaning().of(row, time);
                assertThat(new MapValues(time, row).holds(written.text()))
                        .as("%s over %s at %d", written.text(), row, time)
                        .isEqualTo(expected);
                held += expected ? 1 : 0;
            }
        }
        assertThat(held)
                .as("neither always true nor always false")
                .isBetween(EXPRESSIONS * RECORDS / 10, EXPRESSIONS * RECORDS * 9 / 10);
    }

    private Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (String field : FIELDS.subList(0, 4)) {
            int choice = random.nextInt(8);
            if (choice == 0) {
                row.put(field, null);
            } else if (choice == 1) {
                row.put(field, new byte[] {'a'});
            } else if (choice == 2) {
                row.put(field, Double.NaN);
            } else if (choice > 3) {
                row.put(field, pick(VALUES));
            }
        }
        return row;
    }

    private Written condition(int depth) {
        int choice = depth == 0 ? random.nextInt(6) : random.nextInt(10);
        return switch (choice) {
            case 0, 1 -> comparison();
            case 2 -> list();
            case 3 -> pattern();
            case 4 -> exists();
            case 5 -> between();
            case 6 -> not(condition(depth - 1));
            case 7, 8 -> joined(" and ", depth);
            default -> joined(" or ", depth);
        };
    }

    private Written joined(String word, int depth) {
        List<Written> parts = new ArrayList<>();
        for (int i = random.nextInt(2, 4); i > 0; i--) {
            Written part = condition(depth - 1);
            parts.add(new Written("(" + part.text() + ")", part.meaning()));
        }
        String text = parts.stream().map(Written::text).collect(Collectors.joining(word));
        return new Written(
                text,
                (row, time) ->
                        word.equals(" and ")
                                ? parts.stream().allMatch(p -> p.meaning().of(row, time))
                                : parts.stream().anyMatch(p -> p.meaning().of(row, time)));
    }

    private static Written not(Written part) {
        return new Written(
                "not (" + part.text() + ")", (row, time) -> !part.meaning().of(row, time));
    }

    private Written exists() {
        String field = pick(FIELDS);
        return new Written("exists " + name(field), (row, time) -> row.get(field) != null);
    }

    private Written comparison() {
        String field = pick(FIELDS);
        boolean toField = random.nextInt(4) == 0;
        String other = pick(FIELDS);
        Object literal = pick(VALUES);
        String operator = pick(List.of("=", "!=", "<", "<=", ">", ">="));
        if (literal instanceof Boolean) {
            operator = pick(List.of("=", "!="));
        }
        String chosen = operator;
        IntPredicate meaning =
                order ->
                        switch (chosen) {
                            case "=" -> order == 0;
                            case "!=" -> order != 0;
                            case "<" -> order == -1;
                            case "<=" -> order == -1 || order == 0;
                            case ">" -> order == 1;
                            default -> order == 1 || order == 0;
                        };
        return new Written(
                name(field) + " " + operator + " " + (toField ? name(other) : printed(literal)),
                (row, time) ->
                        meaning.test(order(row.get(field), toField ? row.get(other) : literal)));
    }

    /** Two comparisons of the time. */
    private Written between() {
        boolean early = random.nextBoolean();
        String limit = early ? "'1969-12-31T23:59:59.999999999Z'" : "'2026-11-22T06:30:00Z'";
        long nanos = early ? -1 : 1_795_329_000_000_000_000L;
        return new Written("time >= " + limit, (row, time) -> time >= nanos);
    }

    private Written list() {
        String field = pick(FIELDS);
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            values.add(pick(VALUES));
        }
        boolean negated = random.nextBoolean();
        String text = values.stream().map(this::printed).collect(Collectors.joining(", "));
        return new Written(
                name(field) + (negated ? " not in [" : " in [") + text + "]",
                (row, time) ->
                        negated != values.stream().anyMatch(v -> order(row.get(field), v) == 0));
    }

    private Written pattern() {
        String field = pick(FIELDS);
        String pattern = pick(PATTERNS);
        boolean negated = random.nextBoolean();
        return new Written(
                name(field) + (negated ? " !~ " : " =~ ") + printed(pattern),
                (row, time) ->
                        negated
                                != (row.get(field) instanceof String text
                                        && Pattern.compile(pattern).matcher(text).find()));
    }

    private static int order(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            if (Double.isNaN(x.doubleValue()) || Double.isNaN(y.doubleValue())) {
                return 2;
            }
            return decimal(x).compareTo(decimal(y));
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x.compareTo(y);
        }
        if (a instanceof String x && b instanceof String y) {
            int[] left = x.codePoints().toArray();
            int[] right = y.codePoints().toArray();
            for (int i = 0; i < Math.min(left.length, right.length); i++) {
                if (left[i] != right[i]) {
                    return Integer.compare(left[i], right[i]);
                }
            }
            return Integer.compare(left.length, right.length);
        }
        return 2;
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof Long whole
                ? BigDecimal.valueOf(whole)
                : new BigDecimal(number.doubleValue());
    }

    private static String name(String field) {
        return field.contains(" ") ? "`" + field + "`" : field;
    }

    private String printed(Object value) {
        if (!(value instanceof String text)) {
            return value.toString();
        }
        return random.nextBoolean()
                ? "'" + text.replace("'", "''") + "'"
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
