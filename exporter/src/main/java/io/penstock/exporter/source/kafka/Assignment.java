package io.penstock.exporter.source.kafka;

import io.penstock.exporter.kafka.ClientFaults;
import io.penstock.exporter.kafka.TopicFacts;
import io.penstock.exporter.kafka.TopicLook;
import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageState;
import io.penstock.model.AckLevel;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that one consumer has: begins them where the ring says that it is, and hands them
 * over by range.
 *
 * <p>Kafka's client calls the listener's methods within a poll, and gives the partitions up when
 * they return: what is with the stage is awaited and its offsets are committed before another
 * consumer may begin.
 *
 * <p>Threading: confined to the consumer's thread.
 */
final class Assignment implements ConsumerRebalanceListener {
    /** Longest wait at a hand-over for what is with the stage. */
    static final long HANDOVER_MS = 5_000;

    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final long LOOK_MS = 10;
    private static final int MOST_WAKE_UPS = 8;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final KafkaSourceConfig config;
    private final SourceParts parts;
    private final Consumer<byte[], byte[]> consumer;
    private final Lane.Door door;
    private final SourceMeter meter;
    private final Function<TopicPartition, BooleanSupplier> rights;
    private final Map<TopicPartition, LaneOpening> opening = new HashMap<>();
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private long retryAtNs = System.nanoTime();
    private String commitFault = "";

    Assignment(
            KafkaSourceConfig config,
            SourceParts parts,
            Consumer<byte[], byte[]> consumer,
            Lane.Door door,
            SourceMeter meter,
            Function<TopicPartition, BooleanSupplier> rights) {
        this.config = config;
        this.parts = parts;
        this.consumer = consumer;
        this.door = door;
        this.meter = meter;
        this.rights = rights;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        LOG.info("source {} begins {}", config.subject(), fresh);
        consumer.pause(fresh);
        LaneOpening begun = ask();
        fresh.forEach(each -> opening.put(each, begun));
    }

    private LaneOpening ask() {
        TopicLook look = new TopicLook(parts.vertx());
        return new LaneOpening(
                        parts.stages().open(config.repo()),
                        look.facts(parts.cluster(), config.topics()))
                .onDone(consumer::wakeup);
    }

    /** Begins those partitions whose repo is open and whose last owner is over. */
    void openReady() {
        for (Map.Entry<TopicPartition, LaneOpening> each : Set.copyOf(opening.entrySet())) {
            LaneOpening begun = each.getValue();
            String missing = begun.isDone() ? begin(each.getKey(), begun) : "";
            if (!missing.isEmpty() && System.nanoTime() - retryAtNs >= 0) {
                retryAtNs = System.nanoTime() + RETRY_NS;
                meter.trouble = missing;
                LOG.warn("source {} cannot begin: {}", config.subject(), missing);
                LaneOpening again = ask();
                opening.replaceAll((place, old) -> old.isDone() ? again : old);
            }
        }
    }

    /** What is missing to begin; empty when it has begun or need only wait. */
    private String begin(TopicPartition place, LaneOpening begun) {
        if (!begun.succeeded()) {
            return ClientFaults.why(begun.cause());
        }
        TopicFacts topic = begun.facts().result().get(place.topic());
        if (topic == null) {
            return "no topic " + place.topic();
        }
        Ring ring = ringOf(begun.stage().result());
        if (ring == null) {
            return "repo " + config.repo() + " is not open";
        }
        open(place, ring, topic);
        return "";
    }

    private void open(TopicPartition place, Ring ring, TopicFacts topic) {
        long producerId =
                ProducerIds.of(config.cluster(), place.topic(), topic.id(), place.partition());
        if (!parts.handover().isFree(config.repo(), producerId)) {
            return;
        }
        long position = consumer.position(place, CALL_LIMIT);
        long staged = ring.producers().highest(producerId);
        boolean ahead = staged > position;
        boolean believable = !ahead || staged <= end(place);
        if (!believable) {
            LOG.warn(
                    "source {}: the ring has {} up to {}, which is behind its end: it was cut off;"
                            + " what follows is not compared with what was staged",
                    config.subject(),
                    place,
                    staged);
        }
        Lane lane =
                new Lane(
                        config,
                        door,
                        meter,
                        believable ? producerId : 0,
                        position,
                        rights.apply(place));
        if (ahead && believable) {
            consumer.seek(place, staged);
            lane.stagedBefore(ring, staged);
        }
        opening.remove(place);
        lanes.put(place, lane);
        committed.put(place, position);
        parts.handover().take(config.repo(), producerId, lane);
        meter.trouble = "";
    }

    private long end(TopicPartition place) {
        Long end = consumer.endOffsets(List.of(place), CALL_LIMIT).get(place);
        return end == null ? 0 : end;
    }

    private static @Nullable Ring ringOf(Stage stage) {
        return stage.state() == StageState.ACTIVE ? stage.ring() : null;
    }

    /** The repo's ring; opened again when somebody waits to hear that it delivered. */
    private @Nullable Ring ring() {
        Stage stage = parts.stages().find(config.repo()).orElse(null);
        if (stage == null && config.ack() == AckLevel.DELIVERED && isBusy()) {
            parts.stages().open(config.repo());
        }
        return stage == null ? null : ringOf(stage);
    }

    @Nullable Lane lane(TopicPartition place) {
        return lanes.get(place);
    }

    /** Partitions that are not to be fetched now, whatever room there is. */
    Set<TopicPartition> blocked() {
        Set<TopicPartition> blocked = new HashSet<>(opening.keySet());
        lanes.forEach(
                (place, lane) -> {
                    if (lane.isBlocked()) {
                        blocked.add(place);
                    }
                });
        return blocked;
    }

    /** Whether something is under way, so that the next look should come soon. */
    boolean isBusy() {
        return !opening.isEmpty() || lanes.values().stream().anyMatch(Lane::isBusy);
    }

    /** Whether the brokers are still to be told of something that is settled. */
    boolean owesCommit() {
        return lanes.entrySet().stream()
                .anyMatch(
                        each ->
                                each.getValue().settledTo(null)
                                        > committed.getOrDefault(each.getKey(), 0L));
    }

    /** Why the stage refuses, of some partition, or the brokers do; empty when they do not. */
    String refusals() {
        return lanes.values().stream()
                .map(Lane::trouble)
                .filter(each -> !each.isEmpty())
                .findAny()
                .orElse(commitFault);
    }

    /** Offsets up to which everything is settled, and which the brokers have not been told. */
    private Map<TopicPartition, OffsetAndMetadata> uncommitted(
            Collection<TopicPartition> places, @Nullable Ring ring) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition place : places) {
            Lane lane = lanes.get(place);
            long settled = lane == null ? 0 : lane.settledTo(ring);
            if (lane != null && lane.isAllowed() && settled > committed.getOrDefault(place, 0L)) {
                offsets.put(place, new OffsetAndMetadata(settled));
            }
        }
        return offsets;
    }

    /**
     * Tells the brokers how far it came, without waiting.
     *
     * @return whether there was something to tell
     */
    boolean commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted(lanes.keySet(), ring());
        if (offsets.isEmpty()) {
            return false;
        }
        consumer.commitAsync(
                offsets,
                (told, failed) -> {
                    if (failed == null) {
                        commitFault = "";
                        noted(told);
                    } else {
                        commitFault = "offsets are not committed: " + ClientFaults.why(failed);
                        LOG.info(
                                "source {}: commit put off: {}",
                                config.subject(),
                                failed.toString());
                    }
                });
        return true;
    }

    private void noted(Map<TopicPartition, OffsetAndMetadata> told) {
        told.forEach((place, offset) -> committed.merge(place, offset.offset(), Math::max));
    }

    /** The next commit names these again, whatever was told before. */
    void tellAgain(Collection<TopicPartition> places) {
        places.forEach(committed::remove);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
        giveUp(gone, false);
    }

    /**
     * Gives partitions up at a batch boundary, so that the next owner begins where this one ends:
     * also what waits for its delivery is awaited, if that is what commits wait for.
     */
    void handOver(Collection<TopicPartition> gone) {
        tellAgain(gone);
        giveUp(gone, config.ack() == AckLevel.DELIVERED);
    }

    private void giveUp(Collection<TopicPartition> gone, boolean whenDelivered) {
        if (gone.isEmpty()) {
            return;
        }
        LOG.info("source {} hands over {}", config.subject(), gone);
        closeLanes(gone);
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HANDOVER_MS);
        for (TopicPartition place : gone) {
            awaitIdle(place, TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime()));
        }
        if (whenDelivered) {
            awaitDelivered(gone, endNs);
        }
        commitNow(uncommitted(gone, ring()));
        forget(gone);
    }

    private void awaitDelivered(Collection<TopicPartition> gone, long endNs) {
        Ring ring = ring();
        while (!gone.stream().allMatch(place -> isSettled(place, ring))) {
            if (endNs - System.nanoTime() <= 0) {
                LOG.warn(
                        "source {}: {} is not delivered to its end; the next owner stages what is"
                                + " not committed a second time",
                        config.subject(),
                        gone);
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            } catch (InterruptedException interrupted) {
                throw new InterruptException(interrupted);
            }
        }
    }

    private boolean isSettled(TopicPartition place, @Nullable Ring ring) {
        Lane lane = lanes.get(place);
        return lane == null || lane.isSettled(ring);
    }

    private void awaitIdle(TopicPartition place, long leftMs) {
        Lane lane = lanes.get(place);
        try {
            if (lane != null && !lane.awaitIdle(leftMs)) {
                LOG.warn("source {}: {} is still with the stage", config.subject(), place);
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private void commitNow(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            commitSync(offsets);
        } catch (KafkaException failed) {
            LOG.warn(
                    "source {}: offsets {} were not committed, what lies behind comes again: {}",
                    config.subject(),
                    offsets,
                    failed.toString());
        }
    }

    private void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        for (int wakeUps = 0; wakeUps < MOST_WAKE_UPS; wakeUps++) {
            try {
                consumer.commitSync(offsets, CALL_LIMIT);
                return;
            } catch (WakeupException meantForAPoll) {
                LOG.debug("source {} was woken while it committed", config.name());
            }
        }
        throw new KafkaException("woken again and again");
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
        lose(gone);
    }

    /** Gives partitions up that are another's by now: nothing is committed. */
    void lose(Collection<TopicPartition> gone) {
        if (gone.isEmpty()) {
            return;
        }
        LOG.warn("source {} lost {}", config.subject(), gone);
        closeLanes(gone);
        forget(gone);
    }

    /** Gives everything up, as if it were lost; for the end, whatever came before. */
    void abandon() {
        Set<TopicPartition> all = new HashSet<>(lanes.keySet());
        closeLanes(all);
        forget(all);
        opening.clear();
    }

    private void closeLanes(Collection<TopicPartition> gone) {
        for (TopicPartition place : gone) {
            Lane lane = lanes.get(place);
            if (lane != null) {
                lane.close();
            }
        }
    }

    private void forget(Collection<TopicPartition> gone) {
        gone.forEach(
                place -> {
                    opening.remove(place);
                    lanes.remove(place);
                    committed.remove(place);
                });
        parts.handover().sweep();
    }
}
