package io.penstock.exporter.sink.kafka;

/** What a Kafka record holds. */
public enum KafkaFormat {
    /** One record of ours as a JSON object. */
    JSON,
    /** The value of one field of a record of ours, as it is. */
    FIELD,
    /** Several records as one {@code penstock.record.v1.RecordBatch}. */
    PROTOBUF,
    /** A batch as the client sent it; the header {@code penstock-encoding} says in which form. */
    RAW;

    /** Whether each record of ours is a Kafka record of its own, which its fields may route. */
    boolean isPerRecord() {
        return this == JSON || this == FIELD;
    }

    /** What cuts deliveries into Kafka records of this format. */
    Cutter cutter(KafkaSinkConfig config) {
        return switch (this) {
            case JSON -> new RecordCutter(config, new JsonValue());
            case FIELD -> new RecordCutter(config, new FieldValue(config.valueField()));
            case PROTOBUF, RAW -> new BatchCutter(config);
        };
    }
}
