package io.penstock.gateway.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.WriteBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccessLogGeneratorTest {

    private static final int REQUESTS = 20_000;
    private static final long NOON = 1_795_348_800;

    @Test
    void recordsAreWhatTheLinesParseInto() throws IOException {
        assertThat(records(42)).isEqualTo(parsedLines(42));
    }

    @Test
    void theSameSeedMakesTheSameRequests() throws IOException {
        assertThat(records(1)).isEqualTo(records(1)).isNotEqualTo(records(2));
    }

    @Test
    void looksLikeTheLogOfABusySite() throws IOException {
        List<Lines.Parsed> records = records(5);

        Map<Object, Long> paths = counts(records, AccessLogField.PATH);
        Map<Object, Long> statuses = counts(records, AccessLogField.STATUS);
        long top = paths.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(paths).hasSizeGreaterThan(1000);
        assertThat(top).isBetween(REQUESTS / 20L, REQUESTS / 4L);
        assertThat(statuses.get(200L)).isBetween(REQUESTS / 2L, REQUESTS * 7L / 10);
        assertThat(statuses).containsKeys(301L, 304L, 404L, 500L);
        assertThat(counts(records, AccessLogField.CLIENT).keySet())
                .anyMatch(client -> client.toString().contains(":"));
    }

    @Test
    void recordsHaveAboutTwoHundredBytes() {
        BatchBuilder batch = batch(9);
        WriteBuffer lines = lines(9);

        assertThat(batch.bytes() / REQUESTS).isBetween(180, 240);
        assertThat(lines.length() / REQUESTS).isBetween(180, 240);
    }

    private static Map<Object, Long> counts(List<Lines.Parsed> records, AccessLogField field) {
        return records.stream()
                .map(record -> String.valueOf(record.get(field)))
                .collect(
                        Collectors.groupingBy(
                                text -> text.matches("\\d{3}") ? Long.valueOf(text) : text,
                                Collectors.counting()));
    }

    private static List<Lines.Parsed> records(long seed) throws IOException {
        return Lines.parsed(batch(seed));
    }

    private static BatchBuilder batch(long seed) {
        AccessLogGenerator generator = new AccessLogGenerator(seed, NOON);
        BatchBuilder batch = new BatchBuilder();
        AccessLogField.announce(batch);
        for (int i = 0; i < REQUESTS; i++) {
            generator.at(NOON + i / 100);
            generator.record(batch);
        }
        return batch;
    }

    private static WriteBuffer lines(long seed) {
        AccessLogGenerator generator = new AccessLogGenerator(seed, NOON);
        WriteBuffer lines = new WriteBuffer(0);
        for (int i = 0; i < REQUESTS; i++) {
            generator.at(NOON + i / 100);
            generator.line(lines);
        }
        return lines;
    }

    private static List<Lines.Parsed> parsedLines(long seed) {
        WriteBuffer lines = lines(seed);
        ByteArrayInputStream in = new ByteArrayInputStream(lines.array(), 0, lines.length());
        Lines read = Lines.read(AccessLogFormat.COMBINED, in, REQUESTS);
        assertThat(read.malformed()).isEmpty();
        return read.records();
    }
}
