package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.kafka.KafkaCluster;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.util.Map;
import java.util.TreeSet;

/**
 * Keys of the kafka sink.
 *
 * @param cluster some brokers, or a name under {@code kafka}, which is replaced by that cluster's
 *     brokers and properties before a sink is made
 * @param topic where records go
 * @param format what a Kafka record holds
 * @param keyField field that becomes the key
 * @param partitionField field that chooses the partition
 * @param compression how batches are packed
 * @param acks whose answer counts
 * @param batchBytes size of the client's batches per partition
 * @param lingerMs wait for a batch to fill
 * @param maxRecordBytes largest Kafka record
 * @param timeoutMs time for a delivery
 * @param exactlyOnce whether deliveries are transactions
 * @param transactionalId identity of the task
 * @param properties settings of Kafka's own client
 */
public record KafkaSinkConfig(
        @Setting(
                        doc =
                                "Cluster: its name under kafka, or some of its brokers as"
                                        + " host:port,host:port.")
                String cluster,
        @Setting(doc = "Where records go. The topic must exist.") String topic,
        @Setting(
                        value = "json",
                        doc =
                                "json: a JSON object per Kafka record; field: the value of value_field"
                                        + " per Kafka record; protobuf: a"
                                        + " penstock.record.v1.RecordBatch of several records; raw: batches as"
                                        + " clients sent them, the header penstock-encoding says how.")
                KafkaFormat format,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Field whose value is the value of the Kafka record, as it is; records"
                                        + " without it have none. For field: message for lines of text, value"
                                        + " for what came from Kafka as bytes.")
                String valueField,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Field whose value, as text, becomes the key; records without it have none."
                                        + " For json and field.")
                String keyField,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Integer field that is the number of the partition; a number that the topic"
                                        + " does not have is refused. For json and field. Empty: by key, or"
                                        + " spread.")
                String partitionField,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Field that is a JSON object of headers, kafka_headers for what came from"
                                        + " Kafka. For json and field.")
                String headersField,
        @Setting(
                        value = "lz4",
                        doc = "none, lz4 or zstd. lz4 costs less CPU than the bytes that it saves.")
                KafkaCompression compression,
        @Setting(
                        value = "all",
                        doc =
                                "all: delivered when all replicas in sync have it; leader: when the leader"
                                        + " has, without idempotence.")
                KafkaAcks acks,
        @Setting(
                        value = "256KiB",
                        doc =
                                "Batch of Kafka's client per partition; its own 16 KiB make a request of a"
                                        + " few records.")
                int batchBytes,
        @Setting(
                        value = "0",
                        doc =
                                "How long such a batch waits to fill up. Deliveries come in one piece, and"
                                        + " while requests are under way what follows gathers by itself.")
                long lingerMs,
        @Setting(
                        value = "1000000",
                        doc =
                                "Largest Kafka record, key and value; a larger record is refused and becomes a"
                                        + " dead letter. Below the brokers' message.max.bytes, 1,048,588 by"
                                        + " default.")
                int maxRecordBytes,
        @Setting(
                        value = "30s",
                        doc =
                                "A delivery that the brokers have not taken by then is offered again. Below"
                                        + " timeout_ms of the export.")
                long timeoutMs,
        @Setting(
                        value = "false",
                        doc =
                                "Each delivery is a transaction that also remembers what was delivered: a"
                                        + " reader with isolation.level=read_committed sees every record once,"
                                        + " through crashes and zombies. Deliveries go one by one.")
                boolean exactlyOnce,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Identity of the task for exactly_once, unique in the cluster and the same"
                                        + " after a restart. Empty: made of repo, export and a number kept in"
                                        + " data_dir.")
                String transactionalId,
        @Setting(
                        value = "{}",
                        doc =
                                "Settings of Kafka's own client, passed on as they are: security.protocol,"
                                        + " sasl.jaas.config, ssl.truststore.location and so on. They win over"
                                        + " those of a named cluster.",
                        secret = true)
                Map<String, String> properties) {

    static final long MIN_TIMEOUT_MS = 1_000;
    static final long MAX_TIMEOUT_MS = 600_000;
    static final int MAX_RECORD_BYTES = 64 << 20;
    static final int MAX_BATCH_BYTES = 16 << 20;

    /** Checks the values. */
    public KafkaSinkConfig {
        properties = Map.copyOf(properties);
        if (KafkaCluster.isServers(cluster)) {
            KafkaCluster.ofServers(cluster, properties);
        }
        if (!topic.matches("[A-Za-z0-9._-]{1,249}")) {
            throw new IllegalArgumentException("topic: not a topic's name: " + topic);
        }
        if (!format.isPerRecord()) {
            Require.that(keyField.isEmpty(), "key_field: needs format json or field");
            Require.that(partitionField.isEmpty(), "partition_field: needs format json or field");
            Require.that(headersField.isEmpty(), "headers_field: needs format json or field");
        }
        Require.that(
                (format == KafkaFormat.FIELD) != valueField.isEmpty(),
                "value_field: must be given with format field, and with no other");
        Require.between("batch_bytes", batchBytes, 1, MAX_BATCH_BYTES);
        Require.between("max_record_bytes", maxRecordBytes, 1, MAX_RECORD_BYTES);
        Require.between("timeout_ms", timeoutMs, MIN_TIMEOUT_MS, MAX_TIMEOUT_MS);
        Require.between("linger_ms", lingerMs, 0, timeoutMs / 2);
        Require.that(!exactlyOnce || acks == KafkaAcks.ALL, "acks: must be all with exactly_once");
    }

    /** Every key but two at its default. */
    public static KafkaSinkConfig of(String cluster, String topic) {
        return new KafkaSinkConfig(
                cluster,
                topic,
                KafkaFormat.JSON,
                "",
                "",
                "",
                "",
                KafkaCompression.LZ4,
                KafkaAcks.ALL,
                256 << 10,
                0,
                1_000_000,
                30_000,
                false,
                "",
                Map.of());
    }

    KafkaCluster target() {
        if (!KafkaCluster.isServers(cluster)) {
            throw new IllegalArgumentException("cluster: '" + cluster + "' is not known");
        }
        return KafkaCluster.ofServers(cluster, properties);
    }

    /** Without the values of the properties, which may be secrets. */
    @Override
    public String toString() {
        return "KafkaSinkConfig["
                + cluster
                + ", "
                + topic
                + ", "
                + format
                + (exactlyOnce ? ", exactly once, " : ", ")
                + new TreeSet<>(properties.keySet())
                + "]";
    }
}
