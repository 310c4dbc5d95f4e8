package io.penstock.exporter.source.kafka;

import io.penstock.exporter.kafka.ClientFaults;
import io.penstock.exporter.pressure.BackOff;
import io.penstock.model.AckLevel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer and its thread: polls, makes batches, hands them to the lanes, and polls again while
 * those are being staged. After any error the consumer is given up and made anew, from the
 * committed offsets, as after a crash.
 *
 * <p>Threading: {@link #run} is the thread; {@link #stop} and the meter for any.
 */
final class ConsumerLoop implements Runnable, AssignedShares.Follower {
    /** A look at lanes while something is under way. */
    private static final Duration SOON = Duration.ofMillis(10);

    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration CLOSE_LIMIT =
            Duration.ofMillis(2 * Assignment.HANDOVER_MS + 1_000);

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);

    private final KafkaSourceConfig config;
    private final SourceParts parts;
    private final String clientId;
    private final int number;
    private final SourceMeter meter = new SourceMeter();
    private final BatchMaker maker;
    private final long seed = System.nanoTime();

    private int emptyPolls;
    private int failures;
    private boolean full;
    private long committedAtNs = System.nanoTime();

    // Guarded by this.
    private boolean stopping;
    private @Nullable Consumer<byte[], byte[]> consumer;

    ConsumerLoop(KafkaSourceConfig config, SourceParts parts, int number) {
        this.config = config;
        this.parts = parts;
        this.number = number;
        this.clientId = "penstock-" + config.name() + "-" + number;
        this.maker = BatchMaker.of(config.valueFormat());
    }

    SourceMeter meter() {
        return meter;
    }

    @Override
    public void run() {
        // made here: a thread that is none of Vert.x's gets a context, and so an event loop, of its
        // own
        Lane.Door door = new LoopDoor(parts);
        while (!isStopping()) {
            try {
                consume(door);
            } catch (WakeupException stop) {
                LOG.debug("source {} was woken", config.name());
            } catch (RuntimeException failed) {
                failures++;
                meter.trouble = ClientFaults.why(failed);
                LOG.warn("source {} begins anew after a pause", config.subject(), failed);
                rest(BackOff.EMPTY_POLL.delayMs(failures, seed));
            }
        }
    }

    private void consume(Lane.Door door) {
        Consumer<byte[], byte[]> open =
                new KafkaConsumer<>(
                        settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Claim claim = claim(open);
        Assignment assignment = new Assignment(config, parts, open, door, meter, claim::right);
        try {
            opened(open);
            if (parts.shares() == null) {
                open.subscribe(config.topics(), assignment);
            }
            while (!isStopping()) {
                turn(open, assignment, claim);
            }
            claim.end(assignment);
        } finally {
            opened(null);
            close(open, assignment, claim);
        }
    }

    private Claim claim(Consumer<byte[], byte[]> open) {
        AssignedShares shares = parts.shares();
        return shares == null
                ? new GroupClaim()
                : new ShareClaim(shares, this, open, number, config.consumers());
    }

    /** Hands over what there is, through the listener, and lets go of the rest. */
    private void close(Consumer<byte[], byte[]> open, Assignment assignment, Claim claim) {
        try {
            open.close(CLOSE_LIMIT);
        } finally {
            assignment.abandon();
            claim.ended();
            meter.partitions = 0;
            meter.lagRecords = 0;
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", clientId);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        settings.putAll(parts.cluster().settings());
        settings.put("group.id", config.group());
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", config.maxPollRecords());
        return settings;
    }

    private void turn(Consumer<byte[], byte[]> open, Assignment assignment, Claim claim) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            claim.follow(assignment);
            assignment.openReady();
            steer(open, assignment);
            if (claim.isIdle()) {
                meter.lagRecords = 0;
                await(claim);
                return;
            }
            records = open.poll(patience(open, assignment));
        } catch (WakeupException lookAgain) {
            return;
        }
        emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
        failures = records.isEmpty() ? failures : 0;
        long nowMs = System.currentTimeMillis();
        for (TopicPartition place : records.partitions()) {
            Lane lane = assignment.lane(place);
            if (lane == null) {
                throw new IllegalStateException("records of " + place + ", which is not begun");
            }
            maker.make(records.records(place), nowMs, lane::add);
        }
        long nowNs = System.nanoTime();
        if (nowNs - committedAtNs >= TimeUnit.MILLISECONDS.toNanos(config.commitIntervalMs())) {
            committedAtNs = nowNs;
            assignment.commit();
            measure(open, assignment);
        }
    }

    /**
     * How long the next poll may wait for records. Empty polls back off; what is under way, or not
     * committed yet, brings us back soon.
     */
    private Duration patience(Consumer<byte[], byte[]> open, Assignment assignment) {
        if (full || assignment.isBusy()) {
            return SOON;
        }
        long delayMs = BackOff.EMPTY_POLL.delayMs(Math.max(1, emptyPolls), seed);
        boolean settled =
                emptyPolls > 1 && !open.assignment().isEmpty() && !assignment.owesCommit();
        return Duration.ofMillis(settled ? delayMs : Math.min(delayMs, config.commitIntervalMs()));
    }

    /** Pauses and resumes partitions by the room that there is. */
    private void steer(Consumer<byte[], byte[]> open, Assignment assignment) {
        full = isFull(assignment);
        Set<TopicPartition> hold = full ? open.assignment() : assignment.blocked();
        Set<TopicPartition> held = open.paused();
        Set<TopicPartition> more = new HashSet<>(hold);
        more.removeAll(held);
        Set<TopicPartition> fewer = new HashSet<>(held);
        fewer.removeAll(hold);
        open.pause(more);
        open.resume(fewer);
        meter.paused = hold.size();
        meter.partitions = open.assignment().size();
    }

    private boolean isFull(Assignment assignment) {
        long queued = meter.queuedBytes.get();
        if (config.prefetchBytes() == 0) {
            return queued > 0 || (config.ack() == AckLevel.DELIVERED && assignment.isBusy());
        }
        // resumed at a half, so that partitions do not go to and fro
        return queued >= (full ? config.prefetchBytes() / 2 : config.prefetchBytes());
    }

    private void measure(Consumer<byte[], byte[]> open, Assignment assignment) {
        long lag = 0;
        for (TopicPartition place : open.assignment()) {
            lag += open.currentLag(place).orElse(0);
        }
        meter.lagRecords = lag;
        String refusals = assignment.refusals();
        if (!refusals.isEmpty() || !assignment.isBusy()) {
            meter.trouble = refusals;
        }
    }

    private synchronized void opened(@Nullable Consumer<byte[], byte[]> now) {
        consumer = now;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void rest(long delayMs) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs);
        try {
            while (!stopping && endNs - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, endNs - System.nanoTime());
            }
        } catch (InterruptedException interrupted) {
            stopping = true;
        }
    }

    /** Until there is something to follow; a while at the most. */
    private synchronized void await(Claim claim) {
        long endNs = System.nanoTime() + IDLE_NS;
        try {
            while (!stopping && !claim.hasNews() && endNs - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, endNs - System.nanoTime());
            }
        } catch (InterruptedException interrupted) {
            stopping = true;
        }
    }

    @Override
    public synchronized void wake() {
        notifyAll();
        Consumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    /** Ends the loop soon, after a hand-over. */
    synchronized void stop() {
        stopping = true;
        wake();
    }
}
