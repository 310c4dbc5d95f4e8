package io.penstock.gateway.boot;

import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.exporter.kafka.KafkaCluster;
import java.util.HashMap;
import java.util.Map;

/**
 * The Kafka clusters that the configuration names.
 *
 * <p>Threading: immutable.
 */
final class NamedClusters {
    private static final String CLUSTER = "cluster";
    private static final String PROPERTIES = "properties";

    private final Map<String, KafkaCluster> byName;

    NamedClusters(Map<String, KafkaCluster> byName) {
        this.byName = byName;
    }

    /** The cluster of a name, or of some brokers. */
    KafkaCluster find(String cluster) {
        KafkaCluster named = byName.get(cluster);
        return named == null ? KafkaCluster.ofServers(cluster, Map.of()) : named;
    }

    /**
     * The settings of a sink with the name of a cluster replaced by its brokers and properties;
     * those that the sink states itself win.
     */
    SinkSpec resolve(SinkSpec sink) {
        KafkaCluster named = byName.get(String.valueOf(sink.settings().get(CLUSTER)));
        if (named == null || !sink.type().equals("kafka")) {
            return sink;
        }
        Map<String, Object> properties = new HashMap<>();
        // what was put in for ${...} is not looked at again
        named.properties().forEach((key, value) -> properties.put(key, value.replace("${", "$${")));
        if (sink.settings().get(PROPERTIES) instanceof Map<?, ?> own) {
            own.forEach((key, value) -> properties.put(key.toString(), value));
        }
        Map<String, Object> settings = new HashMap<>(sink.settings());
        settings.put(CLUSTER, named.bootstrapServers());
        settings.put(PROPERTIES, properties);
        return new SinkSpec(sink.type(), settings);
    }
}
