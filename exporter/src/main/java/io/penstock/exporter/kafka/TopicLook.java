package io.penstock.exporter.kafka;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.admin.KafkaAdminClient;
import io.vertx.kafka.admin.TopicDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks a cluster about topics, once.
 *
 * <p>Threading: any thread.
 */
public final class TopicLook {
    /** A cluster that does not answer by then counts as not reachable. */
    public static final int LIMIT_MS = 10_000;

    private final Vertx vertx;

    /** A look from this process. */
    public TopicLook(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * The facts of those topics that exist.
     *
     * @return fails when the cluster cannot be asked
     */
    public Future<Map<String, TopicFacts>> facts(KafkaCluster cluster, List<String> topics) {
        // making a client resolves names, which blocks
        return vertx.executeBlocking(() -> KafkaAdminClient.create(vertx, settings(cluster)))
                .compose(
                        client ->
                                facts(client, topics)
                                        .eventually(() -> client.close(LIMIT_MS).otherwiseEmpty()));
    }

    private static Map<String, String> settings(KafkaCluster cluster) {
        Map<String, String> settings = new HashMap<>();
        cluster.settings().forEach((key, value) -> settings.put(key, value.toString()));
        settings.put("request.timeout.ms", String.valueOf(LIMIT_MS / 2));
        settings.put("default.api.timeout.ms", String.valueOf(LIMIT_MS));
        return settings;
    }

    private static Future<Map<String, TopicFacts>> facts(
            KafkaAdminClient client, List<String> topics) {
        Map<String, TopicFacts> found = new ConcurrentHashMap<>();
        return client.listTopics()
                .compose(
                        all ->
                                client.describeTopics(
                                        topics.stream().filter(all::contains).toList()))
                .map(
                        descriptions -> {
                            descriptions.forEach((name, each) -> found.put(name, facts(each)));
                            return found;
                        });
    }

    private static TopicFacts facts(TopicDescription description) {
        String id = description.getTopicId() == null ? "-" : description.getTopicId().toString();
        return new TopicFacts(id, description.getPartitions().size());
    }
}
