package io.penstock.exporter.sink.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.remotewrite.WriteRequests.Sample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesWriterTest {

    private final WriteBuffer out = new WriteBuffer(64);

    private SeriesWriter write(List<String> labels, List<String> fields, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        SeriesWriter writer = new SeriesWriter(out, "app_", labels, fields);
        writer.begin();
        new RecordReader().wrap(Encoding.NDJSON, body, 0, body.length, 7).read(writer);
        return writer;
    }

    private List<Sample> samples() {
        return WriteRequests.samples(out.toByteArray());
    }

    @Test
    void makesASampleOfEachNumberUnderSortedLabels() {
        write(
                List.of("zone", "Host"),
                List.of(),
                "{\"zone\":\"z\",\"cpu load\":1.5,\"Host\":\"h\u00fc\",\"n\":-3,\"ok\":true,\"t\":\"x\"}");

        assertThat(samples())
                .extracting(each -> each.labels().get("__name__"), Sample::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("app_cpu_load", 1.5),
                        org.assertj.core.groups.Tuple.tuple("app_n", -3.0),
                        org.assertj.core.groups.Tuple.tuple("app_ok", 1.0));
        assertThat(samples()).allMatch(each -> each.timeMs() == 7);
        // by bytes, in which upper case is before the underscore
        assertThat(samples().get(0).labels().keySet()).containsExactly("Host", "__name__", "zone");
        assertThat(samples().get(0).labels())
                .containsEntry("Host", "h\u00fc")
                .containsEntry("zone", "z");
    }

    @Test
    void leavesOutLabelsThatHaveNoValue() {
        write(
                List.of("a", "b"),
                List.of(),
                "{\"a\":\"\",\"b\":\"1\",\"v\":1}\n{\"v\":2,\"a\":5}\n{\"v\":3}");

        assertThat(samples())
                .extracting(Sample::labels)
                .containsExactly(
                        Map.of("__name__", "app_v", "b", "1"),
                        Map.of("__name__", "app_v", "a", "5"),
                        Map.of("__name__", "app_v"));
    }

    @Test
    void takesTheNamedFieldsOnlyAndRemembersRecordsWithoutANumber() {
        SeriesWriter writer =
                write(List.of(), List.of("v"), "{\"u\":1}\n{\"u\":1,\"v\":2}\n{\"v\":\"text\"}");

        assertThat(samples()).extracting(Sample::value).containsExactly(2.0);
        assertThat(writer.valueless().stream()).containsExactly(0, 2);
    }

    @Test
    void makesNamesThatPrometheusTakes() {
        assertThat(MetricNames.metric("9 lives:a-b\u00fc")).isEqualTo("_9_lives:a_b_");
        assertThat(MetricNames.label("a:b")).isEqualTo("a_b");
        assertThat(MetricNames.label("")).isEqualTo("_");
    }
}
