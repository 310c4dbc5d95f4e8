package io.penstock.exporter.sink.kafka;

/** What a Kafka record holds. */
public enum KafkaFormat {
    /** One record of ours as a JSON object. */
    JSON,
    /** Several records as one {@code penstock.record.v1.RecordBatch}. */
    PROTOBUF,
    /** A batch as the client sent it; the header {@code penstock-encoding} says in which form. */
    RAW;

    /** What cuts deliveries into Kafka records of this format. */
    Cutter cutter(KafkaSinkConfig config) {
        return this == JSON ? new RecordCutter(config) : new BatchCutter(config);
    }
}
