package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.text.JacksonTree;
import io.penstock.exporter.text.RandomJson;
import io.penstock.exporter.text.Seed;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {

    @Test
    void saysWhatJacksonReads() throws IOException {
        SplittableRandom random = Seed.random("JsonDecoderTest");
        for (int round = 0; round < 20_000; round++) {
            String json = RandomJson.object(random);
            Row row = read(Encoding.NDJSON, json).rows.get(0);
            Map<String, @Nullable Object> heard = new LinkedHashMap<>();
            for (Map.Entry<String, @Nullable Object> each : row.values().entrySet()) {
                heard.put(each.getKey(), plain(each.getValue()));
            }
            assertThat(heard).as(json).isEqualTo(JacksonTree.read(json));
        }
    }

    /** A heard value as Jackson would read it. */
    private static @Nullable Object plain(@Nullable Object value) throws IOException {
        if (value instanceof Long integer && integer == integer.intValue()) {
            return integer.intValue();
        }
        return value instanceof Row.Json json ? JacksonTree.read(json.text()) : value;
    }

    @Test
    void handsOnNumbersThatFitNothingAsTheyStand() {
        Row row = read(Encoding.NDJSON, "{\"a\":9223372036854775808,\"b\":-1e999}").rows.get(0);

        assertThat(row.values())
                .containsEntry("a", new Row.Json("9223372036854775808"))
                .containsEntry("b", new Row.Json("-1e999"));
        assertThat(new BigInteger("9223372036854775808").bitLength()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"time_unix_nano\":1700000000123456789} | 1700000000123456789",
                "{\"time\":1700000000} | 1700000000000000000",
                "{\"time\":1700000000123} | 1700000000123000000",
                "{\"time\":1700000000123456} | 1700000000123456000",
                "{\"time\":1700000000123456789} | 1700000000123456789",
                "{\"time\":-5} | -5000000000",
                "{\"timestamp\":\"2023-11-14T22:13:20.5Z\"} | 1700000000500000000",
                "{\"@timestamp\":\"2023-11-14T23:13:20+01:00\"} | 1700000000000000000",
                "{\"time\":1,\"timestamp\":2,\"@timestamp\":3,\"time_unix_nano\":4} | 4",
                "{\"time\":1,\"timestamp\":2} | 2000000000",
                "{\"timestamp\":\"yesterday\",\"time\":1} | 1000000000",
                "{\"time_unix_nano\":\"2023-11-14T22:13:20Z\"} | 7000000",
                "{\"time_unix_nano\":0} | 7000000",
                "{\"time\":\"noon\"} | 7000000",
                "{\"time\":99999999999} | 7000000",
                "{\"time\":1.5} | 7000000",
                "{\"time\":null} | 7000000",
                "{\"t\":1} | 7000000"
            })
    void findsTheTime(String json, long nanos) {
        Row row = read(Encoding.NDJSON, json).rows.get(0);

        assertThat(row.time()).isEqualTo(nanos);
        assertThat(row.values()).isNotEmpty();
    }

    @Test
    void theFirstOfSeveralMembersOfOneNameCounts() {
        Row row = read(Encoding.NDJSON, "{\"a\":1,\"b\":2,\"\\u0061\":3}").rows.get(0);

        assertThat(row.values()).isEqualTo(Map.of("a", 1L, "b", 2L));
    }

    @Test
    void announcesNamesAnewWhenThereAreTooMany() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            body.append("{\"same\":0,\"name").append(i).append("\":").append(i).append("}\n");
        }
        RowCollector heard = read(Encoding.NDJSON, body.toString());

        assertThat(heard.rows).hasSize(10_000);
        assertThat(heard.names).hasSizeLessThanOrEqualTo(Wire.MAX_FIELDS);
        for (int i = 0; i < 10_000; i++) {
            assertThat(heard.rows.get(i).values())
                    .isEqualTo(Map.of("same", 0L, "name" + i, (long) i));
        }
    }

    @Test
    void textLinesBecomeMessages() {
        RowCollector heard = read(Encoding.TEXT, "one\r\n \t \n\n two ä\nthree");

        assertThat(heard.rows)
                .extracting(row -> row.values().get("message"))
                .containsExactly("one", " two ä", "three");
        assertThat(heard.rows).extracting(Row::time).containsOnly(7_000_000L);
    }

    private static RowCollector read(Encoding encoding, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RowCollector heard = new RowCollector();
        new RecordReader().wrap(encoding, bytes, 0, bytes.length, 7).read(heard);
        return heard;
    }
}
