package io.penstock.exporter.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.Topics;
import io.penstock.model.AckLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shares of a real topic with two nodes, each with a ring of its own; the test is the scheduler.
 */
class KafkaSharesTest {
    @TempDir private Path root;
    private final List<Side> sides = new ArrayList<>();
    private KafkaBroker broker;

    @BeforeEach
    void findBroker() throws Exception {
        broker = Topics.sharedBroker();
    }

    @AfterEach
    void close() {
        sides.forEach(side -> side.node.close());
    }

    /** One node. */
    private final class Side {
        final GatedSink sink = new GatedSink();
        final AssignedShares shares = new AssignedShares();
        final SourceNode node =
                new SourceNode(
                        root.resolve("side-" + sides.size()),
                        SourceNode.ROOMY,
                        broker,
                        SourceNode.gated(sink));
        final KafkaSource source;

        Side(KafkaSourceConfig config) {
            source = node.source(config, shares);
            sides.add(this);
        }

        TestLease start(int share) {
            TestLease lease = new TestLease();
            shares.start(share, lease);
            return lease;
        }

        void release(int share, TestLease lease) {
            shares.release(share);
            SourceNode.until(() -> lease.stops() == 1);
        }
    }

    private List<Integer> delivered() {
        List<Integer> all = new ArrayList<>();
        sides.forEach(side -> all.addAll(Numbered.numbers(side.sink.records())));
        return all;
    }

    private void allOnce(int count) {
        SourceNode.until(() -> new TreeSet<>(delivered()).size() == count);
        assertThat(delivered()).containsExactlyInAnyOrderElementsOf(Numbered.all(count));
    }

    private static KafkaSourceConfig config(String topic, AckLevel ack, int consumers) {
        KafkaSourceConfig one = SourceNode.config(topic, "g" + topic, ack);
        return new KafkaSourceConfig(
                one.name(),
                one.type(),
                one.cluster(),
                one.topics(),
                one.repo(),
                one.group(),
                ack,
                consumers,
                one.valueFormat(),
                one.maxPollRecords(),
                one.prefetchBytes(),
                one.commitIntervalMs());
    }

    private Map<Integer, Long> committed(String topic) {
        try (Admin admin = broker.admin()) {
            Map<Integer, Long> offsets = new TreeMap<>();
            Map<TopicPartition, OffsetAndMetadata> told =
                    admin.listConsumerGroupOffsets("g" + topic)
                            .partitionsToOffsetAndMetadata()
                            .get(20, TimeUnit.SECONDS);
            told.forEach((place, offset) -> offsets.put(place.partition(), offset.offset()));
            return offsets;
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void aShareMovesWhileRecordsComeWithoutALossOrASecondCopy() {
        String topic = Topics.create(broker, 4);
        KafkaSourceConfig config = config(topic, AckLevel.STAGED, 2);
        Side a = new Side(config);
        Side b = new Side(config);
        TestLease all = a.start(0);
        SourceNode.until(() -> a.source.stats().partitions() == 4);
        assertThat(a.source.stats().ofPartitions()).isEqualTo(4);
        assertThat(b.source.stats().partitions()).isZero();
        Topics.write(broker, Numbered.records(topic, 4, 0, 6000, 100));
        SourceNode.until(() -> a.source.stats().records() > 500);
        a.release(0, all);
        assertThat(a.source.stats().partitions()).isZero();
        long byA = a.source.stats().records();
        // two shares now, one of them at each node
        TestLease even = a.start(1);
        b.start(2);
        Topics.write(broker, Numbered.records(topic, 4, 6000, 8000, 100));
        SourceNode.until(() -> b.source.stats().records() > 0);
        a.release(1, even);
        b.start(1);
        Topics.write(broker, Numbered.records(topic, 4, 8000, 9000, 100));
        allOnce(9000);
        assertThat(byA).isPositive();
        SourceNode.until(() -> committed(topic).values().stream().allMatch(o -> o == 2250));
    }

    @Test
    void whoseLeaseIsOverStagesAndCommitsNothing() {
        String topic = Topics.create(broker, 2);
        KafkaSourceConfig config = config(topic, AckLevel.STAGED, 1);
        Side zombie = new Side(config);
        TestLease over = zombie.start(0);
        Topics.write(broker, Numbered.records(topic, 2, 0, 1000, 100));
        SourceNode.until(() -> committed(topic).equals(Map.of(0, 500L, 1, 500L)));
        over.may(false);
        Topics.write(broker, Numbered.records(topic, 2, 1000, 1500, 100));
        SourceNode.until(() -> zombie.source.stats().queuedBytes() > 0);
        Side next = new Side(config);
        next.start(0);
        Topics.write(broker, Numbered.records(topic, 2, 1500, 2000, 100));
        SourceNode.until(() -> committed(topic).equals(Map.of(0, 1000L, 1, 1000L)));
        assertThat(zombie.source.stats().records()).isEqualTo(1000);
        zombie.shares.cut(0);
        SourceNode.until(() -> over.stops() == 1);
        // a lease that comes is for whatever begins then, not for what was fetched before
        over.may(true);
        SourceNode.until(() -> zombie.source.stats().queuedBytes() == 0);
        allOnce(2000);
        assertThat(zombie.source.stats().records()).isEqualTo(1000);
    }

    @Test
    void whatIsDeliveredAfterALeaseIsNotCommittedBeforeTheNext() throws Exception {
        String topic = Topics.create(broker, 1);
        Side side = new Side(config(topic, AckLevel.DELIVERED, 1));
        side.sink.shut(true);
        TestLease lease = side.start(0);
        Topics.write(broker, Numbered.records(topic, 1, 0, 1000, 100));
        SourceNode.until(() -> side.source.stats().records() == 1000);
        lease.may(false);
        side.sink.shut(false);
        SourceNode.until(() -> delivered().size() == 1000);
        TimeUnit.MILLISECONDS.sleep(
                10 * SourceNode.config(topic, "g", AckLevel.STAGED).commitIntervalMs());
        assertThat(committed(topic)).isEmpty();
        lease.may(true);
        SourceNode.until(() -> committed(topic).equals(Map.of(0, 1000L)));
    }

    @Test
    void whatWaitsForItsDeliveryIsAwaitedBeforeAShareIsGivenUp() {
        String topic = Topics.create(broker, 2);
        KafkaSourceConfig config = config(topic, AckLevel.DELIVERED, 1);
        Side a = new Side(config);
        a.sink.delay(300);
        Topics.write(broker, Numbered.records(topic, 2, 0, 1000, 100));
        TestLease lease = a.start(0);
        SourceNode.until(() -> a.source.stats().records() > 0);
        a.release(0, lease);
        Side b = new Side(config);
        b.start(0);
        Topics.write(broker, Numbered.records(topic, 2, 1000, 1200, 100));
        allOnce(1200);
    }

    @Test
    void aNodeThatDiesIsReplacedFromTheCommittedOffsets() {
        String topic = Topics.create(broker, 2);
        Side dead = new Side(config(topic, AckLevel.STAGED, 1));
        TestLease lease = dead.start(0);
        Topics.write(broker, Numbered.records(topic, 2, 0, 1000, 100));
        SourceNode.until(() -> committed(topic).equals(Map.of(0, 500L, 1, 500L)));
        lease.may(false);
        Side next = new Side(config(topic, AckLevel.STAGED, 1));
        next.start(0);
        Topics.write(broker, Numbered.records(topic, 2, 1000, 1200, 100));
        allOnce(1200);
        assertThat(next.source.stats().records()).isEqualTo(200);
    }

    @Test
    void partitionsThatATopicGetsAreInAShareAndBegun() throws Exception {
        String topic = Topics.create(broker, 2);
        KafkaSourceConfig config = config(topic, AckLevel.STAGED, 1);
        Side a = new Side(config);
        Side b = new Side(config);
        a.start(1);
        b.start(2);
        SourceNode.until(() -> a.source.stats().partitions() == 1);
        SourceNode.until(() -> b.source.stats().partitions() == 1);
        try (Admin admin = broker.admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(6)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        SourceNode.until(() -> a.source.stats().partitions() == 3);
        SourceNode.until(() -> b.source.stats().partitions() == 3);
        assertThat(List.of(a.source.stats().ofPartitions(), b.source.stats().ofPartitions()))
                .containsExactly(6, 6);
        Topics.write(broker, Numbered.records(topic, 6, 0, 600, 100));
        allOnce(600);
    }
}
