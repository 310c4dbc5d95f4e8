package io.penstock.exporter.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineWriterTest {

    private static final LineMapping PLAIN =
            new LineMapping("m", "", List.of("t"), List.of(), true, true);

    private final WriteBuffer out = new WriteBuffer(64);

    private LineWriter write(LineMapping mapping, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        LineWriter writer = new LineWriter(out, mapping);
        writer.begin();
        new RecordReader().wrap(Encoding.NDJSON, body, 0, body.length, 7).read(writer);
        return writer;
    }

    private String line(LineMapping mapping, String json) {
        out.clear();
        write(mapping, json);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}                       | m a=1i 7000000\\n",
                "{'a':-1.5}                    | m a=-1.5 7000000\\n",
                "{'a':true,'b':false}          | m a=true,b=false 7000000\\n",
                "{'a':'x'}                     | m a=\"x\" 7000000\\n",
                "{'a':''}                      | m a=\"\" 7000000\\n",
                "{'a':{'b':1}}                 | m a=\"{\\\"b\\\":1}\" 7000000\\n",
                "{'a':12345678901234567890123} | m a=1.2345678901234568E22 7000000\\n",
                "{'a':1,'b':null}              | m a=1i 7000000\\n",
                "{'a':1,'t':'x'}               | m,t=x a=1i 7000000\\n",
                "{'t':5,'a':1}                 | m,t=5 a=1i 7000000\\n",
                "{'t':'','a':1}                | m a=1i 7000000\\n",
                "{'t':true,'a':1}              | m,t=true a=1i 7000000\\n",
                "{'a':1,'time':5}              | m a=1i 5000000000\\n"
            })
    void writesEachKindOfValue(String json, String line) {
        assertThat(line(PLAIN, json.replace('\'', '"'))).isEqualTo(line.replace("\\n", "\n"));
    }

    @Test
    void escapesWhatEachPlaceHasToEscape() {
        LineMapping mapping =
                new LineMapping("m ,=\"", "", List.of("t ,=\""), List.of(), true, true);

        String line = line(mapping, "{\"t ,=\\\"\":\"v ,=\\\"\",\"f ,=\\\"\":\"s ,=\\\"\\\\\"}");

        assertThat(line)
                .isEqualTo(
                        "m\\ \\,=\",t\\ \\,\\=\"=v\\ \\,\\=\" f\\ \\,\\=\"=\"s ,=\\\"\\\\\" 7000000\n");
    }

    @Test
    void leavesOutWhatOnlyAStringCanHold() {
        String line = line(PLAIN, "{\"t\":\"a\\nb\\rc\\\\\\\\\",\"f\\\\\":\"a\\nb\\\\\"}");

        assertThat(line).isEqualTo("m,t=a\\ b\\ c f=\"a\nb\\\\\" 7000000\n");
    }

    @Test
    void writesTheTagsInOrderWhateverTheRecordsOrder() {
        LineMapping mapping = new LineMapping("m", "", List.of("a", "b"), List.of(), true, true);

        String lines =
                line(
                        mapping,
                        "{\"b\":\"2\",\"v\":1,\"a\":\"1\"}\n{\"v\":1,\"b\":\"2\"}\n{\"v\":1}");

        assertThat(lines.lines())
                .containsExactly("m,a=1,b=2 v=1i 7000000", "m,b=2 v=1i 7000000", "m v=1i 7000000");
    }

    @Test
    void takesTheMeasurementOfAField() {
        LineMapping mapping = new LineMapping("m", "app", List.of(), List.of(), true, true);

        String lines =
                line(mapping, "{\"app\":\"web 1\",\"v\":1}\n{\"v\":1}\n{\"app\":\"\",\"v\":1}");

        assertThat(lines.lines())
                .containsExactly("web\\ 1 v=1i 7000000", "m v=1i 7000000", "m v=1i 7000000");
    }

    @Test
    void writesTheNamedFieldsOnly() {
        LineMapping mapping = new LineMapping("m", "", List.of(), List.of("v"), true, true);

        assertThat(line(mapping, "{\"u\":1,\"v\":2,\"w\":3}")).isEqualTo("m v=2i 7000000\n");
    }

    @Test
    void writesNumbersOnlyForAServerThatKeepsNoTexts() {
        LineMapping mapping = new LineMapping("m", "", List.of("t"), List.of(), false, false);

        assertThat(line(mapping, "{\"t\":\"x\",\"u\":\"text\",\"v\":2,\"w\":true}"))
                .isEqualTo("m,t=x v=2,w=true 7000000\n");
    }

    @Test
    void remembersTheRecordsThatHaveNoField() {
        LineWriter writer = write(PLAIN, "{\"t\":\"x\"}\n{\"a\":1}\n{}\n{\"a\":null}");

        BitSet expected = new BitSet();
        expected.set(0);
        expected.set(2, 4);
        assertThat(writer.fieldless()).isEqualTo(expected);
        assertThat(out.toString()).isEqualTo("m a=1i 7000000\n");
        writer.begin();
        assertThat(writer.fieldless().isEmpty()).isTrue();
    }
}
