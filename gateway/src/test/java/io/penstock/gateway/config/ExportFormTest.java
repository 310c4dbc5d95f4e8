package io.penstock.gateway.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.SinkRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("unchecked") // maps of a document
class ExportFormTest {
    private static final String LOADED =
            """
            name: out
            repo: web
            batch: {max_records: 7, linger_ms: 2s}
            when_full: drop_oldest
            transforms:
            - filter: status >= 500
            - add: {env: prod, shard: 7, version: '1.10', ratio: 0.5, on: true}
            - hash: {fields: [user], key: pepper, length: 16}
            sink:
              type: http
              url: http://localhost/${PLACE:-here}
              headers: {authorization: "Bearer abc", x-plain: seen}
              trust_all: true
              max_connections: 3
            """;

    private final ConfigLoader loader =
            new ConfigLoader(SinkRegistry.onClassPath(), Map.<String, String>of()::get);
    private final ExportForm form = loader.form();

    private ExportSpec parse(Map<String, ?> entry) throws ConfigException {
        return loader.parseExport("request", entry, loader.parse("defaults", ""));
    }

    private ExportSpec parse(String yaml) throws ConfigException {
        return parse(Documents.read("request", yaml));
    }

    private static Map<String, Object> section(@Nullable Object value) {
        return (Map<String, Object>) requireNonNull(value);
    }

    @Test
    void tellsWhatDiffersFromTheDefaultsAndNoSecret() throws ConfigException {
        Map<String, Object> told = form.masked(parse(LOADED));
        assertThat(told.keySet())
                .containsExactlyInAnyOrder(
                        "name", "repo", "sink", "transforms", "batch", "when_full");
        assertThat(told.get("batch")).isEqualTo(Map.of("max_records", 7, "linger_ms", 2000L));
        assertThat(told.get("when_full")).isEqualTo("drop_oldest");
        assertThat(told.get("sink"))
                .isEqualTo(
                        Map.of(
                                "type",
                                "http",
                                "url",
                                "http://localhost/${PLACE:-here}",
                                "headers",
                                Map.of(
                                        "authorization",
                                        ExportForm.MASK,
                                        "x-plain",
                                        ExportForm.MASK),
                                "trust_all",
                                true,
                                "max_connections",
                                3L));
        assertThat(told.toString()).doesNotContain("pepper").doesNotContain("abc");
        assertThat(told.get("transforms"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .first()
                .isEqualTo(Map.of("filter", "status >= 500"));
    }

    @Test
    void whatIsToldAndSentBackIsTheSameExport() throws ConfigException {
        Map<String, Object> sent = Documents.read("request", LOADED);
        Map<String, Object> told = form.masked(parse(sent));
        List<Object> transforms = (List<Object>) requireNonNull(told.get("transforms"));
        section(section(transforms.get(2)).get("hash")).put("key", "pepper");
        ExportSpec again = parse(form.unmasked(told, sent));
        assertThat(again).isEqualTo(parse(sent));
        assertThat(form.differences(parse(sent), again)).isEmpty();
    }

    @Test
    void aMaskIsNotKeptWhereThereIsNothingOrNothingCertain() throws ConfigException {
        Map<String, Object> sent = Documents.read("request", LOADED);
        Map<String, Object> told = form.masked(parse(sent));
        assertThatThrownBy(() -> form.unmasked(told, sent))
                .hasMessage(
                        "request: transforms[2].hash.key: masked, and nothing is kept for it; send"
                                + " the secret");
        told.remove("transforms");
        assertThatThrownBy(() -> form.unmasked(told, null))
                .hasMessageContaining("sink.headers.authorization: masked");
        section(told.get("sink")).put("type", "otlp");
        assertThatThrownBy(() -> form.unmasked(told, sent))
                .hasMessageContaining("sink.headers.authorization: masked");
    }

    @Test
    void everySinkThatHasAPasswordMarksIt() throws ConfigException {
        for (String sink :
                List.of(
                        "{type: influxdb, url: 'http://h/', database: d, username: u, password: geheim}",
                        "{type: influxdb, url: 'http://h/', org: o, bucket: b, token: geheim}",
                        "{type: opensearch, url: 'http://h/', index: i, username: u, password: geheim}",
                        "{type: opensearch, url: 'http://h/', index: i, api_key: geheim}",
                        "{type: prometheus, url: 'http://h/', token: geheim}",
                        "{type: otlp, url: 'http://h/', headers: {authorization: geheim}}",
                        "{type: kafka, cluster: 'h:1', topic: t, properties: {sasl.jaas.config: geheim}}",
                        "{type: object, target: 's3://b', s3: {access_key: a, secret_key: geheim}}")) {
            assertThat(form.masked(parse("{name: a, repo: b, sink: " + sink + "}")).toString())
                    .contains(ExportForm.MASK)
                    .doesNotContain("geheim");
        }
    }

    @Test
    void namesTheKeysThatDiffer() throws ConfigException {
        String other =
                LOADED.replace("max_records: 7", "max_records: 8")
                        .replace("Bearer abc", "Bearer abd")
                        .replace("pepper", "salt");
        assertThat(form.differences(parse(LOADED), parse(other)))
                .containsExactly("batch.max_records", "sink.headers.authorization", "transforms");
    }

    @Test
    void refusesWhatTheConfigurationWouldRefuse() {
        assertThatThrownBy(() -> parse("{name: a, repo: b, sink: {type: fil}}"))
                .hasMessageContaining("sink.type: unknown sink 'fil'; did you mean 'file'?");
        assertThatThrownBy(
                        () ->
                                parse(
                                        "{name: a, repo: b, sink: {type: kafka, cluster: main, topic: t}}"))
                .hasMessageContaining("sink: no cluster 'main' under kafka");
        assertThatThrownBy(() -> Documents.read("f", "a: 1\na: 2"))
                .hasMessage("f:2:1: a: defined twice");
        assertThatThrownBy(() -> Documents.read("f", "[1]")).hasMessageContaining("expected keys");
        assertThatThrownBy(() -> Documents.read("f", "")).hasMessageContaining("nothing in it");
    }
}
