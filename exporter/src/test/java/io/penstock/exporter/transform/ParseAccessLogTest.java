package io.penstock.exporter.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.Row;
import io.penstock.exporter.text.Seed;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Lines of an access log through the step, against a parser of regular expressions and java.time.
 */
class ParseAccessLogTest {

    private static final int LINES = 3000;
    private static final Pattern LINE =
            Pattern.compile(
                    "(?<client>\\S+) (?<ident>\\S+) (?<user>.+?) \\[(?<time>[^\\]]+)\\]"
                            + " \"(?<request>(?:[^\"\\\\]|\\\\.)*)\" (?<status>\\d{3})"
                            + " (?<bytes>\\d+|-) \"(?<referer>(?:[^\"\\\\]|\\\\.)*)\""
                            + " \"(?<agent>(?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern REQUEST =
            Pattern.compile("(?<method>[A-Za-z_-]+) (?<target>.*) (?<protocol>HTTP/\\S+)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

    private final SplittableRandom random = Seed.random("ParseAccessLogTest");

    @Test
    void saysWhatAnIndependentParserSays() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(line());
        }
        Transforms transforms =
                Transforms.compile(
                        List.of(
                                Steps.parse(
                                        ParseRule.Format.COMBINED, "message", "", OnError.KEEP)));
        List<Row> rows = Steps.run(transforms, Encoding.TEXT, String.join("\n", lines));

        assertThat(rows).hasSize(LINES);
        int malformed = 0;
        for (int i = 0; i < LINES; i++) {
            Map<String, @Nullable Object> values = rows.get(i).values();
            assertThat(values).containsEntry("message", lines.get(i));
            Matcher matcher = LINE.matcher(lines.get(i));
            if (matcher.matches()) {
                Row expected = expected(lines.get(i), matcher);
                assertThat(rows.get(i)).as(lines.get(i)).isEqualTo(expected);
            } else {
                malformed++;
                assertThat(values).as(lines.get(i)).containsOnlyKeys("message", "parse_error");
                assertThat(rows.get(i).time()).isEqualTo(Steps.ARRIVED_MS * 1_000_000);
            }
        }
        assertThat(malformed).isBetween(LINES / 50, LINES / 5);
    }

    private String line() {
        String line =
                String.join(
                        " ",
                        pick("10.0.0." + random.nextInt(256), "2001:db8::1", "host.example"),
                        pick("-", "id"),
                        pick("-", "ada", "John Q. Doe", "änne"),
                        "["
                                + TIME.format(
                                        OffsetDateTime.parse(
                                                        pick(
                                                                "2015-05-17T10:05:03Z",
                                                                "2000-02-29T23:59:59-11:30",
                                                                "2026-12-31T00:00:00+14:00"))
                                                .plusSeconds(random.nextInt(100_000_000)))
                                + "]",
                        "\""
                                + pick(
                                        "GET /a?b=c HTTP/1.1",
                                        "POST /x y HTTP/2.0",
                                        "-",
                                        "HEAD /\\\"q\\\" HTTP/1.0",
                                        "\\x16\\x03?",
                                        "PROPFIND /?? HTTP/1.1")
                                + "\"",
                        "" + random.nextInt(100, 600),
                        pick("-", "0", "" + random.nextLong(1L << 50)),
                        "\"" + pick("-", "", "https://x.org/?a=\\\\", "ä") + "\"",
                        "\"" + pick("curl/8", "Mozilla/5.0 (X11; \\\"L\\\") [x]", "-") + "\"");
        // One in ten is cut in the middle, where no lenience can help.
        return random.nextInt(10) == 0 ? line.substring(0, random.nextInt(4, 30)) : line;
    }

    private static Row expected(String line, Matcher matcher) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("message", line);
        values.put("client", text(matcher.group("client")));
        values.put("ident", text(matcher.group("ident")));
        values.put("user", text(matcher.group("user")));
        values.put("time_local", matcher.group("time"));
        Matcher request = REQUEST.matcher(matcher.group("request"));
        boolean http = request.matches();
        String target = http ? request.group("target") : matcher.group("request");
        int mark = http ? target.indexOf('?') : -1;
        values.put("method", http ? request.group("method") : null);
        values.put("path", text(mark < 0 ? target : target.substring(0, mark)));
        values.put("query", mark < 0 ? null : text(target.substring(mark + 1)));
        values.put("protocol", http ? request.group("protocol") : null);
        values.put("status", Long.valueOf(matcher.group("status")));
        String bytes = matcher.group("bytes");
        values.put("bytes", bytes.equals("-") ? null : Long.valueOf(bytes));
        values.put("referer", text(matcher.group("referer")));
        values.put("agent", text(matcher.group("agent")));
        long seconds = OffsetDateTime.parse(matcher.group("time"), TIME).toEpochSecond();
        return new Row(seconds * 1_000_000_000, values);
    }

    private static @Nullable String text(String group) {
        return group.equals("-") ? null : group;
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }
}
