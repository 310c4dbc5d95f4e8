package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${a} ${b} | 1 x",
                "$${a} costs $$${a} | ${a} costs $1",
                "${b}${b}-${nosuch}. | xx--.",
                "${c},${d},${e},${f} | true,1.5,{\"g\":  [1]},-",
                "[${time}] ${time} | [1970-01-01T00:00:00.007Z] 1970-01-01T00:00:00.007Z",
                "plain | plain"
            })
    void fillsTheHoles(String template, String expected) {
        assertThat(write(template)).isEqualTo(expected + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a ${b | template, column 3: '${' without '}'",
                "a ${} | template, column 3: '${}' names no field",
                "a $b | template, column 3: '$' is followed by neither '{' nor '$'",
                "cost $ | template, column 6: '$' is followed by neither '{' nor '$'"
            })
    void namesTheColumnOfAFault(String template, String fault) {
        assertThatThrownBy(() -> new TextTemplate(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(fault);
    }

    @Test
    void keepsARecordOnOneLine() {
        String json = "{\"a\":\"one\\ntwo\\r\\nthree\"}";
        WriteBuffer out = new WriteBuffer(0);
        read(json, new TextTemplateWriter(out, new TextTemplate("${a}"), ""));

        assertThat(out).hasToString("one two  three\n");
    }

    private static String write(String template) {
        WriteBuffer out = new WriteBuffer(0);
        String json =
                "[{\"b\":\"x\",\"a\":1,\"c\":true,\"d\":1.5,\"e\":{\"g\": \n[1]},\"f\":null}]";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        new RecordReader()
                .wrap(Encoding.JSON_ARRAY, bytes, 0, bytes.length, 7)
                .read(new TextTemplateWriter(out, new TextTemplate(template), "-"));
        return out.toString();
    }

    private static void read(String json, RecordVisitor visitor) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        new RecordReader().wrap(Encoding.NDJSON, bytes, 0, bytes.length, 7).read(visitor);
    }
}
