package io.penstock.exporter.source.kafka;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes batches out of a partition's records. Threading: confined to one consumer's thread. */
abstract class BatchMaker {
    /** A batch is closed when it is so large; from 64 KiB on larger ones gain little. */
    static final int BATCH_BYTES = 256 << 10;

    static BatchMaker of(ValueFormat format) {
        return switch (format) {
            case JSON -> new JsonBatchMaker();
            case TEXT -> new FieldBatchMaker(false);
            case BYTES -> new FieldBatchMaker(true);
        };
    }

    /** Makes batches of the records, which follow one another in one partition. */
    final void make(
            List<ConsumerRecord<byte[], byte[]>> records,
            long arrivedMs,
            Consumer<SourceBatch> batches) {
        int count = 0;
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<byte[], byte[]> message = records.get(i);
            add(message);
            count++;
            if (bytes() >= BATCH_BYTES || i == records.size() - 1) {
                batches.accept(finish(count, message.offset() + 1, arrivedMs));
                count = 0;
            }
        }
    }

    /** Appends a record to the batch in hand. */
    abstract void add(ConsumerRecord<byte[], byte[]> message);

    /** Bytes of the batch in hand. */
    abstract int bytes();

    /** Ends the batch in hand. */
    abstract SourceBatch finish(int records, long nextOffset, long arrivedMs);
}
