package io.penstock.exporter.sink.kafka;

/** Whose answer makes a record delivered. */
public enum KafkaAcks {
    /** Every replica that is in sync. */
    ALL("all"),
    /** The leader alone: what it has not yet replicated is lost with it. */
    LEADER("1");

    private final String word;

    KafkaAcks(String word) {
        this.word = word;
    }

    /** Kafka's word for it. */
    String word() {
        return word;
    }
}
