package io.penstock.gateway.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.accesslog.MalformedLine;
import io.penstock.exporter.record.WriteBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessLogReaderTest {

    /** 10,000 lines of a real site, beside the checkout where it is present. */
    private static final Path REAL = Path.of("..", "..", "shared", "data", "apache_access.log.gz");

    private static final Pattern LINE =
            Pattern.compile(
                    "^(\\S+) (\\S+) (.*?) \\[([^\\]]+)\\] \"((?:[^\"\\\\]|\\\\.)*)\" (\\d{3})"
                            + " (\\d+|-) \"((?:[^\"\\\\]|\\\\.)*)\" \"((?:[^\"\\\\]|\\\\.)*)\"?$");
    private static final Pattern REQUEST =
            Pattern.compile("^([A-Za-z_-]+) (.*?)(?:\\?(.*))? (HTTP/\\S+)$");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    @Test
    void agreesWithARegularExpressionOnEveryLine() throws IOException {
        byte[] log = Files.exists(REAL) ? real() : generated(10_000);
        String[] lines = new String(log, StandardCharsets.UTF_8).split("\n", -1);

        Lines read = Lines.read(AccessLogFormat.COMBINED, new ByteArrayInputStream(log), 1000);

        assertThat(read.malformed()).isEmpty();
        assertThat(read.records()).hasSize(10_000);
        for (int i = 0; i < read.records().size(); i++) {
            assertThat(read.records().get(i)).as(lines[i]).isEqualTo(byExpression(lines[i]));
        }
    }

    private static byte[] real() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(REAL))) {
            return in.readAllBytes();
        }
    }

    private static byte[] generated(int lines) {
        WriteBuffer out = new WriteBuffer(0);
        AccessLogGenerator generator = new AccessLogGenerator(7, 1_795_329_000);
        for (int i = 0; i < lines; i++) {
            generator.line(out);
        }
        return out.toByteArray();
    }

    private static Lines.Parsed byExpression(String line) {
        Matcher fields = LINE.matcher(line);
        assertThat(fields.matches()).as(line).isTrue();
        Matcher request = REQUEST.matcher(fields.group(5));
        boolean http = request.matches();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            values.add(text(fields.group(i)));
        }
        values.add(http ? request.group(1) : null);
        values.add(http ? request.group(2) : text(fields.group(5)));
        values.add(http ? request.group(3) : null);
        values.add(http ? request.group(4) : null);
        values.add(Long.parseLong(fields.group(6)));
        values.add(fields.group(7).equals("-") ? null : Long.parseLong(fields.group(7)));
        values.add(text(fields.group(8)));
        values.add(text(fields.group(9)));
        long seconds = OffsetDateTime.parse(fields.group(4), TIME).toEpochSecond();
        return new Lines.Parsed(seconds * 1_000_000_000, values);
    }

    private static @Nullable String text(String text) {
        return text.equals("-") ? null : text;
    }

    @Test
    void readsStreamsThatComeInDrops() {
        byte[] log = generated(300);
        SplittableRandom random = new SplittableRandom(3);
        InputStream drops =
                new ByteArrayInputStream(log) {
                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return super.read(target, offset, Math.min(length, random.nextInt(1, 50)));
                    }
                };

        Lines whole = Lines.read(AccessLogFormat.COMBINED, new ByteArrayInputStream(log), 1000);
        Lines read = Lines.read(AccessLogFormat.COMBINED, drops, 7);

        assertThat(read).isEqualTo(whole);
        assertThat(read.records()).hasSize(300);
    }

    @Test
    void countsBlankAndMalformedLinesAndTakesAnyLineEnd() {
        String good = "h - - [17/May/2015:10:05:03 +0000] \"-\" 200 - \"-\" \"-\"";

        Lines read =
                Lines.read(AccessLogFormat.COMBINED, "", good + "\r", " \t", "bad", good, good);

        assertThat(read.records()).hasSize(3);
        assertThat(read.malformed()).extracting(MalformedLine::line).containsExactly(4L);
    }

    @Test
    void leavesOutLinesThatAreTooLong() {
        String good = "h - - [17/May/2015:10:05:03 +0000] \"-\" 200 - \"-\" \"-\"";
        String tooLong = good + "x".repeat(200_000);
        String longest = good + " ".repeat(AccessLogReader.MAX_LINE_BYTES - good.length());

        Lines read = Lines.read(AccessLogFormat.COMBINED, good, tooLong, good, longest, tooLong);

        assertThat(read.records()).hasSize(2);
        assertThat(read.malformed())
                .extracting(MalformedLine::toString)
                .containsExactly(
                        "line 2, column 65537: the line has over 65536 bytes",
                        "line 4, column 53: expected the end of the line",
                        "line 5, column 65537: the line has over 65536 bytes");
    }

    @Test
    void mutatedLinesAreParsedOrReportedAndNothingElse() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("AccessLogReaderTest: -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] log = generated(2000);
        for (int round = 0; round < 20; round++) {
            byte[] mutated = log.clone();
            for (int i = 0; i < 2000; i++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            Lines read =
                    Lines.read(AccessLogFormat.COMBINED, new ByteArrayInputStream(mutated), 100);
            long lines =
                    Arrays.stream(new String(mutated, StandardCharsets.ISO_8859_1).split("\n"))
                            .filter(line -> !line.isBlank())
                            .count();
            assertThat(read.records().size() + read.malformed().size()).isEqualTo((int) lines);
        }
    }
}
