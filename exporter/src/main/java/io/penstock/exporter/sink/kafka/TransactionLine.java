package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.sink.Delivery;
import io.penstock.model.DeliveryId;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A producer under a transactional id, and what the brokers remember as delivered under it.
 *
 * <p>What was delivered is the metadata of an offset: that of partition 0 of the target topic, in a
 * consumer group that is called like the transactional id and has no members. It is sent within the
 * transaction (KIP-98, {@code sendOffsetsToTransaction}), so records and memory become visible
 * together. The order at the beginning matters: {@code initTransactions} first, which ends the
 * predecessor's transaction and fences it, then reading; the other way round the predecessor could
 * still commit behind what was read.
 *
 * <p>Threading: one worker at a time. Every call may block as long as {@code timeout_ms}.
 */
final class TransactionLine {
    private final KafkaSinkConfig config;
    private final String group;
    private final TopicPartition place;
    private final Producer<byte[], byte[]> producer;
    private DeliveredRuns delivered = DeliveredRuns.NONE;
    private long transactions;
    private boolean begun;

    /**
     * @throws IllegalArgumentException when Kafka's client does not take the settings
     */
    TransactionLine(KafkaSinkConfig config, String transactionalId) {
        this.config = config;
        this.group = transactionalId;
        this.place = new TopicPartition(config.topic(), 0);
        this.producer = ProducerSettings.transactional(config, transactionalId);
    }

    /** Fences the predecessor and learns what it delivered, the first time. */
    void begin() {
        if (begun) {
            return;
        }
        producer.initTransactions();
        OffsetAndMetadata last = remembered();
        if (last != null) {
            transactions = last.offset();
            delivered = parse(last.metadata());
        }
        begun = true;
    }

    private @Nullable OffsetAndMetadata remembered() {
        ListConsumerGroupOffsetsOptions stable =
                new ListConsumerGroupOffsetsOptions()
                        .requireStable(true)
                        .timeoutMs((int) config.timeoutMs());
        Map<String, Object> settings = config.target().settings();
        try (Admin admin = Admin.create(settings)) {
            return admin.listConsumerGroupOffsets(group, stable)
                    .partitionsToOffsetAndMetadata()
                    .get(config.timeoutMs(), TimeUnit.MILLISECONDS)
                    .get(place);
        } catch (ExecutionException failed) {
            throw new KafkaException("reading what was delivered", failed.getCause());
        } catch (java.util.concurrent.TimeoutException late) {
            throw new TimeoutException("reading what was delivered", late);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private DeliveredRuns parse(String metadata) {
        try {
            return DeliveredRuns.parse(metadata);
        } catch (IllegalArgumentException foreign) {
            throw new IllegalStateException(
                    "group " + group + " is used by somebody else: " + metadata, foreign);
        }
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    RecordRanges delivered(DeliveryId id) {
        return delivered.of(id);
    }

    /**
     * One transaction.
     *
     * @return false when not every message was taken, and nothing is committed
     */
    boolean commit(Delivery delivery, Cut cut, Sending sending) {
        BitSet records = inRun(delivery, cut.messages());
        producer.beginTransaction();
        sending.send(producer);
        // all answers first: an error here must be told from one of the transaction
        producer.flush();
        if (!sending.allTaken()) {
            return false;
        }
        DeliveredRuns next = delivered.with(delivery.id(), records);
        producer.sendOffsetsToTransaction(
                Map.of(place, new OffsetAndMetadata(transactions + 1, next.toString())),
                new ConsumerGroupMetadata(group));
        producer.commitTransaction();
        transactions++;
        delivered = next;
        return true;
    }

    /** Records in between that transforms left out count as delivered: fewer ranges to keep. */
    private static BitSet inRun(Delivery delivery, Collection<Outgoing> messages) {
        BitSet records = new BitSet();
        for (Outgoing message : messages) {
            int to =
                    message.to() < delivery.records()
                            ? delivery.recordNumber(message.to())
                            : delivery.id().toRecord();
            records.set(delivery.recordNumber(message.from()), to);
        }
        return records;
    }

    /** Lets go at once; what is not committed is undone by the next that begins, or by time. */
    void close() {
        producer.close(java.time.Duration.ZERO);
    }
}
