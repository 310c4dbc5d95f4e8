package io.penstock.gateway.accesslog;

import static io.penstock.exporter.accesslog.AccessLogField.AGENT;
import static io.penstock.exporter.accesslog.AccessLogField.BYTES;
import static io.penstock.exporter.accesslog.AccessLogField.CLIENT;
import static io.penstock.exporter.accesslog.AccessLogField.METHOD;
import static io.penstock.exporter.accesslog.AccessLogField.PATH;
import static io.penstock.exporter.accesslog.AccessLogField.PROTOCOL;
import static io.penstock.exporter.accesslog.AccessLogField.QUERY;
import static io.penstock.exporter.accesslog.AccessLogField.REFERER;
import static io.penstock.exporter.accesslog.AccessLogField.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.accesslog.MalformedLine;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogParserTest {

    private static final String HEAD = "::1 - - [17/May/2015:12:05:03 +0200] ";

    @Test
    void splitsALineIntoTwelveFields() {
        Lines.Parsed record =
                one(
                        "83.149.9.216 id frank [17/May/2015:10:05:03 +0000] \"GET /a/b?c=d&e?"
                                + " HTTP/1.1\" 200 203023 \"http://x.org/\" \"Mozilla/5.0 (X)\"");

        assertThat(record.timeUnixNano()).isEqualTo(1_431_857_103_000_000_000L);
        assertThat(record.values())
                .containsExactly(
                        "83.149.9.216",
                        "id",
                        "frank",
                        "17/May/2015:10:05:03 +0000",
                        "GET",
                        "/a/b",
                        "c=d&e?",
                        "HTTP/1.1",
                        200L,
                        203_023L,
                        "http://x.org/",
                        "Mozilla/5.0 (X)");
        assertThat(Arrays.stream(AccessLogField.values()).map(AccessLogField::fieldName))
                .containsExactly(
                        "client",
                        "ident",
                        "user",
                        "time_local",
                        "method",
                        "path",
                        "query",
                        "protocol",
                        "status",
                        "bytes",
                        "referer",
                        "agent");
    }

    @Test
    void takesDashesForNulls() {
        Lines.Parsed record = one(HEAD + "\"-\" 408 - \"-\" \"-\"");

        assertThat(record.values())
                .containsExactly(
                        "::1",
                        null,
                        null,
                        "17/May/2015:12:05:03 +0200",
                        null,
                        null,
                        null,
                        null,
                        408L,
                        null,
                        null,
                        null);
        assertThat(record.timeUnixNano()).isEqualTo(1_431_857_103_000_000_000L);
    }

    @Test
    void keepsEscapesAndWhatIsInQuotes() {
        Lines.Parsed record =
                one(
                        HEAD
                                + "\"GET /\\\"q\\\" HTTP/1.0\" 200 1 \"\\\\\" \"a \\\"b\\\" \\xe4"
                                + " [c] äöü\"");

        assertThat(record.get(PATH)).isEqualTo("/\\\"q\\\"");
        assertThat(record.get(REFERER)).isEqualTo("\\\\");
        assertThat(record.get(AGENT)).isEqualTo("a \\\"b\\\" \\xe4 [c] äöü");
    }

    @Test
    void keepsRequestsThatAreNotHttpWhole() {
        Lines.Parsed record = one(HEAD + "\"\\x16\\x03 x\\x01?y\" 400 0 \"-\" \"-\"");

        assertThat(record.get(METHOD)).isNull();
        assertThat(record.get(PATH)).isEqualTo("\\x16\\x03 x\\x01?y");
        assertThat(record.get(QUERY)).isNull();
        assertThat(one(HEAD + "\"GET /old\" 200 0 \"-\" \"\"").values().subList(4, 8))
                .containsExactly("GET", "/old", null, null);
        assertThat(one(HEAD + "\"GET /a b c HTTP/1.1\" 200 0 \"-\" \"\"").get(PATH))
                .isEqualTo("/a b c");
        assertThat(one(HEAD + "\"GET / HTTP/1.1\" 200 0 \"-\" \"\"").get(PROTOCOL))
                .isEqualTo("HTTP/1.1");
    }

    @Test
    void takesUsersWithSpacesAndAgentsThatWereCut() {
        Lines.Parsed record =
                one("h - John Q. Doe [17/May/2015:10:05:03 +0000] \"-\" 200 - \"-\" \"Mozi");

        assertThat(record.get(USER)).isEqualTo("John Q. Doe");
        assertThat(record.get(AGENT)).isEqualTo("Mozi");
    }

    @Test
    void readsTheCommonFormat() {
        Lines read = Lines.read(AccessLogFormat.COMMON, HEAD + "\"GET / HTTP/1.1\" 200 7");

        assertThat(read.malformed()).isEmpty();
        assertThat(read.records().get(0).get(CLIENT)).isEqualTo("::1");
        assertThat(read.records().get(0).get(BYTES)).isEqualTo(7L);
        assertThat(read.records().get(0).get(AGENT)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x | line 2, column 1: expected client and a space",
                "a - | line 2, column 3: expected ident and a space",
                "a - b | line 2, column 5: expected user and ' ['",
                "a - b [17/May/2015 | line 2, column 7: expected a time like [17/May/2015:10:05:03 +0000]",
                "a - b [31/Jun/2015:10:05:03 +0000] | line 2, column 7: expected a time like [17/May/2015:10:05:03 +0000]",
                "a - b [17/May/9015:10:05:03 +0000] | line 2, column 7: expected a time like [17/May/2015:10:05:03 +0000]",
                "a - b [17/May/2015:10:05:03 +0000]  | line 2, column 35: expected a space",
                "a - b [17/May/2015:10:05:03 +0000] GET | line 2, column 36: expected path in quotes",
                "a - b [17/May/2015:10:05:03 +0000] \"GET | line 2, column 36: path has no closing quote",
                "a - b [17/May/2015:10:05:03 +0000] \"-\" 20 - | line 2, column 40: expected a status of three digits",
                "a - b [17/May/2015:10:05:03 +0000] \"-\" 200 x | line 2, column 44: expected a number of bytes or '-'",
                "a - b [17/May/2015:10:05:03 +0000] \"-\" 200 1 | line 2, column 45: expected a space",
                "a - b [17/May/2015:10:05:03 +0000] \"-\" 200 1 \"-\" \"-\" x | line 2, column 53: expected the end of the line"
            })
    void namesLineColumnAndReason(String line, String fault) {
        String good = HEAD + "\"-\" 200 - \"-\" \"-\"";

        Lines read = Lines.read(AccessLogFormat.COMBINED, good, line, good);

        assertThat(read.records()).hasSize(2);
        assertThat(read.malformed()).extracting(MalformedLine::toString).containsExactly(fault);
    }

    @Test
    void findsFormatsByName() {
        assertThat(AccessLogFormat.named("combined")).isEqualTo(AccessLogFormat.COMBINED);
        assertThat(AccessLogFormat.named("common")).isEqualTo(AccessLogFormat.COMMON);
        assertThatThrownBy(() -> AccessLogFormat.named("combine"))
                .hasMessage("unknown format 'combine'; there are [combined, common]");
    }

    private static Lines.Parsed one(String line) {
        Lines read = Lines.read(AccessLogFormat.COMBINED, line);
        assertThat(read.malformed()).isEmpty();
        assertThat(read.records()).hasSize(1);
        return read.records().get(0);
    }
}
