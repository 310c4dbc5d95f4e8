package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.text.JacksonTree;
import io.penstock.exporter.text.Seed;
import io.penstock.proto.record.v1.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    private final WriteBuffer out = new WriteBuffer(0);
    private final RecordReader reader = new RecordReader();

    @Test
    void writesWhatJacksonReadsBack() throws IOException {
        SplittableRandom random = Seed.random("JsonWriterTest");
        NdjsonWriter lines = new NdjsonWriter(out, "@timestamp");
        WriteBuffer arrayOut = new WriteBuffer(0);
        JsonArrayWriter array = new JsonArrayWriter(arrayOut, "@timestamp");
        for (int round = 0; round < 2000; round++) {
            RecordBatch batch = RandomBatch.next(random);
            byte[] bytes = batch.toByteArray();
            List<Object> expected = new ArrayList<>();
            RandomBatch.rows(batch, 1_000_000).forEach(row -> expected.add(json(row)));
            out.clear();
            arrayOut.clear();

            reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, 1).read(lines);
            array.open();
            reader.read(array);
            array.close();

            assertThat(JacksonTree.readAll(out.toString())).isEqualTo(expected);
            assertThat(out.toString().lines()).hasSize(batch.getRecordsCount());
            assertThat(JacksonTree.read(arrayOut.toString())).isEqualTo(expected);
        }
    }

    private static Map<String, @Nullable Object> json(Row row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Instant time = Instant.ofEpochSecond(0, row.time());
        json.put("@timestamp", shortest(time));
        row.values().forEach((name, value) -> json.put(name, json(value)));
        return json;
    }

    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof Double real) {
            return Double.isFinite(real) ? real : null;
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return Base64.getEncoder().encodeToString(copy);
        }
        if (value instanceof Long integer && integer == integer.intValue()) {
            return integer.intValue();
        }
        return value;
    }

    private static String shortest(Instant time) {
        String text = time.toString();
        return text.contains(".") ? text.replaceAll("0+Z$", "Z") : text;
    }

    @Test
    void writesNoTimeWhenNoKeyIsGiven() {
        assertThat(lines(JsonWriter.NO_TIME_KEY, "{\"a\":1}\n{}")).isEqualTo("{\"a\":1}\n{}\n");
    }

    @Test
    void writesAnArrayWithoutRecords() {
        JsonArrayWriter array = new JsonArrayWriter(out);
        array.open();
        array.close();

        assertThat(out).hasToString("[]");
    }

    @Test
    void aFieldNamedLikeTheTimeWins() {
        assertThat(lines(JsonWriter.TIME_KEY, "{\"a\":1}\n{\"b\":2,\"time\":5}\n{\"a\":3}"))
                .isEqualTo(
                        """
                        {"time":"1970-01-01T00:00:00Z","a":1}
                        {"b":2,"time":5}
                        {"a":3,"time":"1970-01-01T00:00:00Z"}
                        """);
    }

    @Test
    void keepsNestedJsonOnOneLine() {
        byte[] body = "[{\"a\":{\r\n \"b\":\n[1]}}]".getBytes(StandardCharsets.UTF_8);
        NdjsonWriter writer = new NdjsonWriter(out, JsonWriter.NO_TIME_KEY);

        reader.wrap(Encoding.JSON_ARRAY, body, 0, body.length, 0).read(writer);

        assertThat(out).hasToString("{\"a\":{   \"b\": [1]}}\n");
    }

    @Test
    void forgetsTheKeysOfTheLastBatch() {
        NdjsonWriter writer = new NdjsonWriter(out, JsonWriter.NO_TIME_KEY);
        for (String body : new String[] {"{\"aa\":1,\"b\":2}", "{\"cc\":1,\"b\":2}"}) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            reader.wrap(Encoding.NDJSON, bytes, 0, bytes.length, 0).read(writer);
        }

        assertThat(out).hasToString("{\"aa\":1,\"b\":2}\n{\"cc\":1,\"b\":2}\n");
    }

    @Test
    void escapesNamesThatNeedIt() throws IOException {
        String json = lines(JsonWriter.NO_TIME_KEY, "{\"q\\\"\\n\\u00e4\":1}");

        assertThat(json).isEqualTo("{\"q\\\"\\nä\":1}\n");
        assertThat(JacksonTree.read(json)).isEqualTo(Map.of("q\"\nä", 1));
    }

    private String lines(String timeKey, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        reader.wrap(Encoding.NDJSON, bytes, 0, bytes.length, 0)
                .read(new NdjsonWriter(out, timeKey));
        return out.toString();
    }
}
