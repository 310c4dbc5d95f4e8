package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.sink.kafka.KafkaSinkConfig;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.model.RepoName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedClustersTest {
    private static final String CLUSTERS =
            """
            kafka:
              main:
                bootstrap_servers: a:9092,b:9092
                properties: {security.protocol: SASL_SSL, sasl.jaas.config: '${SECRET}'}
              other: {bootstrap_servers: 'c:9092'}
            """;

    private final ConfigLoader loader =
            new ConfigLoader(SinkRegistry.onClassPath(), Map.of("SECRET", "to${ken")::get);

    @Test
    void aSinkGetsTheBrokersAndPropertiesOfItsCluster() throws Exception {
        GatewayConfig config =
                loader.parse(
                        "test",
                        CLUSTERS
                                + """
                                exports:
                                - name: out
                                  repo: web
                                  sink:
                                    type: kafka
                                    cluster: main
                                    topic: t
                                    properties: {security.protocol: PLAINTEXT}
                                """);
        var sink =
                (KafkaSinkConfig)
                        new ExportTable(config, loader)
                                .exportsOf(new RepoName("web"))
                                .get(0)
                                .sink()
                                .config();
        assertThat(sink.cluster()).isEqualTo("a:9092,b:9092");
        assertThat(sink.properties())
                .isEqualTo(Map.of("security.protocol", "PLAINTEXT", "sasl.jaas.config", "to${ken"));
        assertThat(config.toString()).doesNotContain("to${ken");
    }

    @Test
    void severalClustersAreKnownAtOnceAndBrokersNeedNoName() throws Exception {
        GatewayConfig config = loader.parse("test", CLUSTERS);
        NamedClusters clusters = new NamedClusters(config.kafka());
        assertThat(clusters.find("other").bootstrapServers()).isEqualTo("c:9092");
        assertThat(clusters.find("d:1").bootstrapServers()).isEqualTo("d:1");
    }

    @Test
    void aClusterThatNobodyNamedIsAFault() {
        assertThatThrownBy(
                        () ->
                                loader.parse(
                                        "test",
                                        CLUSTERS
                                                + "sources: [{name: in, cluster: mian, topics: [t],"
                                                + " repo: web, group: g}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no cluster 'mian' under kafka");
        assertThatThrownBy(
                        () ->
                                loader.parse(
                                        "test",
                                        "exports: [{name: out, repo: web, sink: {type: kafka,"
                                                + " cluster: main, topic: t}}]"))
                .hasMessageContaining("no cluster 'main' under kafka");
    }

    @Test
    void theKeyOfAWrongSourceIsNamed() {
        assertThatThrownBy(
                        () ->
                                loader.parse(
                                        "test",
                                        CLUSTERS
                                                + "sources: [{name: in, cluster: main, topics: [],"
                                                + " repo: web, group: g}]"))
                .hasMessageContaining("sources[0].topics");
    }
}
