package io.penstock.exporter.source.kafka;

import io.penstock.exporter.source.kafka.ShareView.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions of the shares that a scheduler gave to this node. The group has no members then: its
 * id only names where offsets are kept. Brokers forget offsets of such a group some time after they
 * were told last (7 days, by default), so they are told from time to time, changed or not.
 *
 * <p>Threading: as in {@link Claim}.
 */
final class ShareClaim implements Claim {
    static final long TELL_AGAIN_NS = TimeUnit.MINUTES.toNanos(1);

    private final AssignedShares shares;
    private final AssignedShares.Follower self;
    private final Consumer<byte[], byte[]> consumer;
    private final int number;
    private final int consumers;

    private Map<TopicPartition, Reason> places = Map.of();
    private long toldAtNs = System.nanoTime();
    private volatile long followed = -1;

    /**
     * Has nothing yet.
     *
     * @param number which of the source's consumers this is, from 0
     */
    ShareClaim(
            AssignedShares shares,
            AssignedShares.Follower self,
            Consumer<byte[], byte[]> consumer,
            int number,
            int consumers) {
        this.shares = shares;
        this.self = self;
        this.consumer = consumer;
        this.number = number;
        this.consumers = consumers;
        shares.enter(self);
    }

    @Override
    public void follow(Assignment assignment) {
        if (System.nanoTime() - toldAtNs >= TELL_AGAIN_NS) {
            toldAtNs = System.nanoTime();
            assignment.tellAgain(places.keySet());
        }
        ShareView view = shares.view();
        if (view.version() == followed) {
            return;
        }
        Map<TopicPartition, Reason> wanted = view.places(number, consumers);
        giveUp(view, wanted, assignment);
        Set<TopicPartition> fresh = new HashSet<>(wanted.keySet());
        fresh.removeAll(places.keySet());
        places = wanted;
        if (!fresh.isEmpty()) {
            consumer.assign(places.keySet());
            assignment.onPartitionsAssigned(fresh);
        }
        followed = view.version();
        shares.followed(self, view.version());
    }

    private void giveUp(ShareView view, Map<TopicPartition, Reason> wanted, Assignment assignment) {
        Set<TopicPartition> released = new HashSet<>();
        Set<TopicPartition> lost = new HashSet<>();
        places.forEach(
                (place, reason) -> {
                    if (!reason.equals(wanted.get(place))) {
                        boolean isOurs = reason.share().mayStage() && view.knows(place, reason);
                        (isOurs ? released : lost).add(place);
                    }
                });
        if (released.isEmpty() && lost.isEmpty()) {
            return;
        }
        assignment.lose(lost);
        assignment.handOver(released);
        Map<TopicPartition, Reason> kept = new HashMap<>(places);
        kept.keySet().removeAll(released);
        kept.keySet().removeAll(lost);
        places = kept;
        // what is given up and taken again in one step must begin anew: so it goes first
        consumer.assign(places.keySet());
    }

    @Override
    public boolean isIdle() {
        return places.isEmpty();
    }

    @Override
    public boolean hasNews() {
        return shares.view().version() != followed;
    }

    @Override
    public BooleanSupplier right(TopicPartition place) {
        Reason reason = places.get(place);
        return reason == null ? () -> false : reason.share()::mayStage;
    }

    @Override
    public void end(Assignment assignment) {
        assignment.handOver(places.keySet());
    }

    @Override
    public void ended() {
        shares.leave(self);
    }
}
