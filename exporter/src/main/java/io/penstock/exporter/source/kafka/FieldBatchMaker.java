package io.penstock.exporter.source.kafka;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.Encoding;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * {@link ValueFormat#TEXT} and {@link ValueFormat#BYTES}: the value is one field, and the record's
 * time is Kafka's.
 *
 * <p>Threading: confined to one consumer's thread.
 */
final class FieldBatchMaker extends BatchMaker {
    private final boolean opaque;
    private final BatchBuilder builder = new BatchBuilder();
    private final KafkaFields fields = new KafkaFields(builder);

    FieldBatchMaker(boolean opaque) {
        this.opaque = opaque;
    }

    @Override
    void add(ConsumerRecord<byte[], byte[]> message) {
        builder.startRecord(TimeUnit.MILLISECONDS.toNanos(Math.max(0, message.timestamp())));
        fields.say(message);
        fields.sayValue(message.value(), opaque);
        builder.endRecord();
    }

    @Override
    int bytes() {
        return builder.bytes();
    }

    @Override
    SourceBatch finish(int records, long nextOffset, long arrivedMs) {
        byte[] body = builder.build();
        builder.clear();
        return new SourceBatch(Encoding.NATIVE, body, records, nextOffset, arrivedMs);
    }
}
