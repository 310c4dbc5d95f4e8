package io.penstock.cluster.hazelcast;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.cluster.member.Member;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Messages over Vert.x's event bus: each node listens at an address made of its id. */
final class BusMessages implements ClusterMessages {
    private static final String ADDRESS = "penstock.node.";
    private static final String FROM = "from";

    private final EventBus bus;
    private final DeliveryOptions options;
    private final MessageConsumer<Buffer> inbox;
    private final Map<NodeId, Lane> lanes = new ConcurrentHashMap<>();

    private final LongAdder sent = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder unheard = new LongAdder();

    private volatile @Nullable BiConsumer<NodeId, byte[]> receiver;
    private volatile boolean closed;

    /** The way to one node, and how many messages are on it. */
    private record Lane(MessageProducer<Buffer> producer, AtomicInteger unwritten) {}

    BusMessages(Vertx vertx, NodeId self) {
        bus = vertx.eventBus();
        options = new DeliveryOptions().addHeader(FROM, self.value());
        inbox = bus.consumer(ADDRESS + self);
        inbox.handler(this::arrived);
    }

    /** Completes when the others can reach this node. */
    Future<Void> ready() {
        return inbox.completion();
    }

    @Override
    public boolean send(NodeId to, byte[] body) {
        if (closed || body.length > MAX_BODY_BYTES) {
            refused.increment();
            return false;
        }
        Lane lane = lanes.computeIfAbsent(to, this::lane);
        if (lane.unwritten.incrementAndGet() > MAX_UNWRITTEN) {
            lane.unwritten.decrementAndGet();
            refused.increment();
            return false;
        }
        sent.increment();
        lane.producer
                .write(Buffer.buffer(body))
                .onComplete(
                        written -> {
                            lane.unwritten.decrementAndGet();
                            if (written.failed()) {
                                lost.increment();
                            }
                        });
        return true;
    }

    private Lane lane(NodeId to) {
        return new Lane(bus.sender(ADDRESS + to, options), new AtomicInteger());
    }

    /** Forgets the ways to those who are gone; so there are never more than there are nodes. */
    void keepOnly(List<Member> present) {
        Set<NodeId> ids = present.stream().map(Member::id).collect(Collectors.toSet());
        lanes.keySet().retainAll(ids);
    }

    private void arrived(Message<Buffer> message) {
        BiConsumer<NodeId, byte[]> to = receiver;
        Optional<NodeId> from = sender(message.headers().get(FROM));
        if (to == null || from.isEmpty()) {
            unheard.increment();
            return;
        }
        received.increment();
        to.accept(from.get(), message.body().getBytes());
    }

    private static Optional<NodeId> sender(@Nullable String id) {
        try {
            return id == null ? Optional.empty() : Optional.of(new NodeId(id));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    @Override
    public void onMessage(BiConsumer<NodeId, byte[]> toTell) {
        receiver = toTell;
    }

    @Override
    public Counts counts() {
        return new Counts(sent.sum(), refused.sum(), lost.sum(), received.sum(), unheard.sum());
    }

    void close() {
        closed = true;
    }
}
