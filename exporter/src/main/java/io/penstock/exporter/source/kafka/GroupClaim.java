package io.penstock.exporter.source.kafka;

import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions dealt by Kafka's consumer group, which tells the assignment of them as its listener,
 * also when the consumer is closed. Threading: as in {@link Claim}.
 */
final class GroupClaim implements Claim {
    @Override
    public void follow(Assignment assignment) {}

    @Override
    public boolean isIdle() {
        return false;
    }

    @Override
    public boolean hasNews() {
        return false;
    }

    @Override
    public BooleanSupplier right(TopicPartition place) {
        return () -> true;
    }

    @Override
    public void end(Assignment assignment) {}

    @Override
    public void ended() {}
}
