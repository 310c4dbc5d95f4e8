package io.penstock.exporter.kafka;

import io.penstock.model.Setting;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys {@code kafka.<name>.*}: a cluster and how to talk to it.
 *
 * <p>Threading: immutable.
 *
 * @param bootstrapServers some of its brokers
 * @param properties settings of Kafka's own clients
 */
public record KafkaCluster(
        @Setting(doc = "Some of the cluster's brokers, as host:port,host:port.")
                String bootstrapServers,
        @Setting(
                        value = "{}",
                        doc =
                                "Settings of Kafka's own clients, passed on as they are: security.protocol,"
                                        + " sasl.jaas.config, ssl.truststore.location and so on. Those on which"
                                        + " delivery rests cannot be set here.",
                        secret = true)
                Map<String, String> properties) {

    /** Settings on which the promises of source and sink rest. */
    private static final Set<String> OURS =
            Set.of(
                    "acks",
                    "bootstrap.servers",
                    "enable.auto.commit",
                    "enable.idempotence",
                    "group.id",
                    "key.deserializer",
                    "key.serializer",
                    "transactional.id",
                    "value.deserializer",
                    "value.serializer");

    /** Checks the values. */
    public KafkaCluster {
        checkServers("bootstrap_servers", bootstrapServers);
        properties = Map.copyOf(properties);
        for (String key : properties.keySet()) {
            if (OURS.contains(key)) {
                throw new IllegalArgumentException("properties: " + key + " is set by the gateway");
            }
        }
    }

    /** Whether a text is brokers, not the name of a cluster: only those have a colon. */
    public static boolean isServers(String cluster) {
        return cluster.contains(":");
    }

    /**
     * A cluster without a name of its own.
     *
     * @throws IllegalArgumentException with the key {@code cluster} or {@code properties} first
     */
    public static KafkaCluster ofServers(String cluster, Map<String, String> properties) {
        checkServers("cluster", cluster);
        return new KafkaCluster(cluster, properties);
    }

    private static void checkServers(String key, String servers) {
        for (String server : servers.split(",", -1)) {
            if (!server.strip().matches("(?:[^:\\s]+|\\[[0-9a-fA-F:]+]):[0-9]{1,5}")) {
                throw new IllegalArgumentException(
                        key + ": must be host:port,host:port, has '" + server + "'");
            }
        }
    }

    /** The user's settings for a client, and room for ours. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }

    /** Without the values of the properties, which may be secrets. */
    @Override
    public String toString() {
        return "KafkaCluster[" + bootstrapServers + ", " + new TreeSet<>(properties.keySet()) + "]";
    }
}
