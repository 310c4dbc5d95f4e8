package io.penstock.exporter.source.kafka;

import io.penstock.model.AckLevel;
import io.penstock.model.NamedSubject;
import io.penstock.model.RepoName;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import io.penstock.model.Subject;
import java.util.HashSet;
import java.util.List;

/**
 * Keys {@code sources[].*}: topics of a cluster to a repo.
 *
 * <p>Threading: immutable.
 *
 * @param name of the source
 * @param type kafka
 * @param cluster name of the cluster
 * @param topics whose records
 * @param repo where to
 * @param group consumer group
 * @param ack when an offset is committed
 * @param consumers consumers in this process
 * @param valueFormat what the values are
 * @param maxPollRecords records per poll
 * @param prefetchBytes bytes fetched ahead
 * @param commitIntervalMs pause between commits
 */
public record KafkaSourceConfig(
        @Setting(doc = "Name of the source, in logs and metrics; unique.") String name,
        @Setting(value = "kafka", doc = "kafka is all there is.") Type type,
        @Setting(doc = "Cluster, by its name under kafka.") String cluster,
        @Setting(doc = "Topics, by name.") List<String> topics,
        @Setting(doc = "Repo that gets the records.") RepoName repo,
        @Setting(
                        doc =
                                "Consumer group. Nodes with the same group share the partitions; another"
                                        + " group gets every record again. In a cluster the partitions"
                                        + " are dealt by its scheduler, and the group keeps the offsets:"
                                        + " nobody else may consume with it.")
                String group,
        @Setting(
                        value = "staged",
                        doc =
                                "When a record's offset is committed: staged (in the ring, which survives the"
                                        + " death of the process), synced (forced to the disk) or delivered (by"
                                        + " every export).")
                AckLevel ack,
        @Setting(
                        value = "1",
                        doc =
                                "Consumers in this process, each a thread with a share of the partitions: as"
                                        + " many as cores that have nothing else to do.")
                int consumers,
        @Setting(
                        value = "json",
                        doc =
                                "json: the members of each value become fields; text: the field message;"
                                        + " bytes: the field value. Topic, partition, offset, timestamp, key"
                                        + " and headers become kafka_topic and so on.")
                ValueFormat valueFormat,
        @Setting(value = "2000", doc = "Most records that one poll brings.") int maxPollRecords,
        @Setting(
                        value = "8MiB",
                        doc =
                                "Bytes that a consumer holds ahead of the stage; beyond it partitions are"
                                        + " paused. One poll may come on top. 0 polls only when the last poll is"
                                        + " settled, as ack says.")
                long prefetchBytes,
        @Setting(
                        value = "1s",
                        doc =
                                "How often offsets are committed; so much is read again after a crash.")
                long commitIntervalMs) {

    /** Most consumers of one source in one process. */
    public static final int MAX_CONSUMERS = 64;

    private static final int MAX_TOPICS = 1000;
    private static final int MAX_POLL_RECORDS = 100_000;
    private static final long MAX_PREFETCH_BYTES = 1L << 30;
    private static final long MAX_COMMIT_INTERVAL_MS = 60_000;

    /** Kinds of sources. */
    public enum Type {
        /** A Kafka cluster. */
        KAFKA
    }

    /** Checks the values. */
    public KafkaSourceConfig {
        String fault = RepoName.fault(name);
        Require.that(fault.isEmpty(), "name: " + fault.replace("repo name", "source name"));
        topics = List.copyOf(topics);
        Require.that(
                !topics.isEmpty() && topics.size() <= MAX_TOPICS, "topics: 1 to " + MAX_TOPICS);
        Require.that(new HashSet<>(topics).size() == topics.size(), "topics: one is named twice");
        for (String topic : topics) {
            Require.that(topic.matches("[A-Za-z0-9._-]{1,249}"), "topics: not a name: " + topic);
        }
        Require.that(!group.isBlank(), "group: must not be empty");
        Require.between("consumers", consumers, 1, MAX_CONSUMERS);
        Require.between("max_poll_records", maxPollRecords, 1, MAX_POLL_RECORDS);
        Require.between("prefetch_bytes", prefetchBytes, 0, MAX_PREFETCH_BYTES);
        Require.between("commit_interval_ms", commitIntervalMs, 1, MAX_COMMIT_INTERVAL_MS);
    }

    /** What its lines in the log are about. */
    Subject subject() {
        return NamedSubject.source(repo, name);
    }
}
