package io.penstock.exporter.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    /** 2026-11-22T06:30:00Z */
    private static final long TIME = 1_795_329_000_000_000_000L;

    private static MapValues values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("status", 503L);
        values.put("took", 0.25);
        values.put("path", "/api/v1/orders");
        values.put("umlaut", "äöü");
        values.put("cached", true);
        values.put("user", null);
        values.put("nan", Double.NaN);
        values.put("limit", 503.0);
        values.put("large", Long.MAX_VALUE);
        values.put("time", "a field");
        values.put("user agent", "curl");
        values.put("raw", new byte[] {1});
        return new MapValues(TIME, values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 503",
                "status = 503.0",
                "status != 200",
                "status >= 500 and status < 600",
                "status > 502.5",
                "-5 = -5 or status = 503",
                "took < 1",
                "took >= 0.25",
                "took = 25e-2",
                "path = \"/api/v1/orders\"",
                "path = '/api/v1/orders'",
                "path > '/api'",
                "path =~ '^/api/'",
                "path =~ \"v\\\\d\"",
                "path !~ 'x'",
                "umlaut =~ '^.ö.$'",
                "umlaut > 'z'",
                "cached = true",
                "cached != false",
                "status in [200, 503, 'x']",
                "status not in [200, 204]",
                "status = limit",
                "large > limit",
                "large < 9223372036854775808.0",
                "not large = 9223372036854775808.0",
                "exists status",
                "not exists user",
                "not exists nothing",
                "not exists status or status = 503",
                "nan != nan",
                "not nan < 1",
                "missing != 1",
                "user != 'x'",
                "missing !~ 'x'",
                "missing not in [1]",
                "status != '503'",
                "raw != 'x'",
                "exists raw",
                "time >= '2026-11-22T06:30:00Z'",
                "time < \"2026-11-22T08:30:00.5+02:00\"",
                "time = 1795329000000000000",
                "time not in ['2026-11-22T06:30:01Z']",
                "`time` = 'a field'",
                "`user agent` = 'curl'",
                "status = 1 or status = 2 or status = 503 and cached = true",
                "(status = 503 or status = 1) and not (took > 1)",
                "not not status = 503",
                "status\n  =\t503"
            })
    void holds(String expression) {
        String asked = expression.replace("-5 = -5 or ", "");
        assertThat(values().holds(asked)).as(asked).isTrue();
        assertThat(values().holds("not (" + asked + ")")).as("not (%s)", asked).isFalse();
    }

    @Test
    void orBindsLessThanAnd() {
        MapValues values = values();
        assertThat(values.holds("status = 503 or status = 1 and took > 1")).isTrue();
        assertThat(values.holds("(status = 503 or status = 1) and took > 1")).isFalse();
        assertThat(values.holds("not status = 1 and took > 1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^ | line 1, column 1: expected a field, found the end",
                "status | line 1, column 7: expected an operator: = != < <= > >= =~ !~ in, not in, found the end",
                "status == 5 | line 1, column 9: '=' behind an operator; equal is =",
                "status = | line 1, column 9: expected a value: a text in quotes, a number, true or false, found the end",
                "status = 5 status | line 1, column 12: expected 'and', 'or' or the end, found 'status'",
                "(status = 5 | line 1, column 12: expected ')', found the end",
                "status = 5) | line 1, column 11: expected 'and', 'or' or the end, found ')'",
                "status && 5 | line 1, column 8: '&' means nothing here; write and",
                "!status = 5 | line 1, column 1: '!' means nothing here; write not",
                "äöü = 😀 | line 1, column 7: '😀' means nothing here",
                "status = 5ms | line 1, column 10: '5ms' is no number",
                "status = 1.2.3 | line 1, column 10: '1.2.3' is no number",
                "status = 9223372036854775808 | line 1, column 10: 9223372036854775808 does not fit into 64 bits",
                "path = \"abc | line 1, column 8: a text has no closing \"",
                "path = 'abc | line 1, column 8: a text has no closing '",
                "path = \"a\\d\" | line 1, column 10: \\d is no escape; there are \\\" \\\\ \\n \\r \\t, and in 'single quotes' a backslash stands for itself",
                "path =~ 5 | line 1, column 9: expected a regular expression in quotes, found '5'",
                "path =~ 'a(b' | line 1, column 13: in the regular expression: Unclosed group",
                "path =~ 'a[b' or status = 1 | line 1, column 12: in the regular expression: Unclosed character class",
                "status in 5 | line 1, column 11: expected '[', found '5'",
                "status in [5 6] | line 1, column 14: expected ',' or ']', found '6'",
                "status in [] | line 1, column 12: expected a value: a text in quotes, a number, true or false, found ']'",
                "status not 5 | line 1, column 12: expected 'in', found '5'",
                "cached < true | line 1, column 10: true and false have no order; compare by = or !=",
                "time > 'noon' | line 1, column 8: expected a time like \"2026-11-22T06:30:00Z\", or nanoseconds since the epoch, found the text \"noon\"",
                "time =~ 'x' | line 1, column 9: the time is no text; compare it, or name a field",
                "exists 5 | line 1, column 8: expected a field, found '5'",
                "and = 5 | line 1, column 1: expected a field, found 'and'",
                "`` = 5 | line 1, column 1: a field name is empty"
            })
    void namesLineAndColumnOfAFault(String expression, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expression.parse(expression, name -> 1))
                .withMessage(fault);
    }

    @Test
    void countsLinesAsTheyStandInTheText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expression.parse("status = 5\n  and\n  pa th = 'x'", name -> 1))
                .withMessage(
                        "line 3, column 6: expected an operator: = != < <= > >= =~ !~ in, not in,"
                                + " found 'th'");
    }

    @Test
    void refusesWhatIsNestedTooDeepOrTooLong() {
        String deep = "(".repeat(101) + "a = 1" + ")".repeat(101);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expression.parse(deep, name -> 1))
                .withMessageContaining("nested over 100 deep");
        String many = "a = 1 and ".repeat(900) + "a = 1";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expression.parse(many, name -> 1))
                .withMessageContaining("over 8192 characters");
        assertThat(values().holds("(".repeat(99) + "status = 503" + ")".repeat(99))).isTrue();
    }

    @Test
    void givesUpAPatternThatBacktracksForEver() {
        MapValues values = new MapValues(0, Map.of("a", "a".repeat(40)));
        long startNs = System.nanoTime();
        assertThat(values.holds("a =~ '^(a|aa)+$'")).isTrue();
        assertThat(values.holds("a =~ '^(a|aa)+\\1?b$'")).isFalse();
        assertThat(System.nanoTime() - startNs).isLessThan(5_000_000_000L);
    }
}
