package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.lease.Member;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.message.Message.OrderAnswer;
import io.penstock.cluster.message.Message.OrderRequest;
import io.penstock.cluster.message.Message.OrderVerdict;
import io.penstock.cluster.message.MessageCodec;
import io.penstock.cluster.order.OrderKey;
import io.penstock.cluster.order.OrderRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where orders come in. At the leader they are judged, go into the next table, and are done when a
 * majority of the voters keeps them; any other node sends them on to the leader and waits.
 *
 * <p>Threading: the member's thread.
 */
final class OrderDesk {
    private static final Logger LOG = LoggerFactory.getLogger(OrderDesk.class);

    /**
     * Longest that an asker waits; the leader gives up a little earlier, to have time to say so.
     */
    static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(8);

    static final long LEADER_DEADLINE_NS = TimeUnit.SECONDS.toNanos(6);

    /** Orders on their way at once, at the asker and at the leader each. */
    static final int MAX_WAITING = 64;

    private final NodeId self;
    private final Member member;
    private final ClusterMessages messages;
    private final Function<Member, OrderRules.Known> known;
    private final Map<Long, Asked> asked = new HashMap<>();
    private final List<Taken> taken = new ArrayList<>();
    private long lastId;

    /** Somebody at this node waits. */
    private record Asked(CompletableFuture<OrderAnswer> answer, long untilNs) {}

    /** In a table, and not confirmed yet. */
    private record Taken(NodeId from, long id, Version stamp, long untilNs) {}

    OrderDesk(
            NodeId self,
            Member member,
            ClusterMessages messages,
            Function<Member, OrderRules.Known> known) {
        this.self = self;
        this.member = member;
        this.messages = messages;
        this.known = known;
    }

    /** Somebody at this node wants something. */
    void ask(OrderRequest request, CompletableFuture<OrderAnswer> answer, long nowNs) {
        NodeId leader = member.leader();
        if (leader == null || asked.size() >= MAX_WAITING) {
            answer.complete(
                    notNow(0, leader == null ? "no leader is known here now" : "too many orders"));
            return;
        }
        long id = ++lastId;
        OrderRequest numbered =
                new OrderRequest(id, request.basis(), request.forced(), request.changes());
        asked.put(id, new Asked(answer, nowNs + DEADLINE_NS));
        if (leader.equals(self)) {
            take(self, numbered, nowNs);
        } else if (!messages.send(leader, MessageCodec.encode(numbered))) {
            answered(notNow(id, "no message can be sent to the leader " + leader));
        }
    }

    /** What came for this desk from another node. */
    void deliver(NodeId from, Message message, long nowNs) {
        if (message instanceof OrderRequest request) {
            take(from, request, nowNs);
        } else if (message instanceof OrderAnswer answer) {
            answered(answer);
        }
    }

    private void take(NodeId from, OrderRequest request, long nowNs) {
        OrderAnswer refusal = refusal(request, nowNs);
        if (refusal != null) {
            reply(from, refusal);
            return;
        }
        SortedMap<String, String> entries =
                OrderRules.apply(known(member.orders()), request.changes());
        Version stamp = member.order(entries);
        LOG.info("cluster: ordered by way of {}: {}", from, inWords(request));
        taken.add(new Taken(from, request.id(), stamp, nowNs + LEADER_DEADLINE_NS));
    }

    private static SortedMap<String, String> known(@Nullable SortedMap<String, String> orders) {
        if (orders == null) {
            throw new IllegalStateException("judged by orders that are gone");
        }
        return orders;
    }

    private @Nullable OrderAnswer refusal(OrderRequest request, long nowNs) {
        SortedMap<String, String> orders = member.orders();
        if (!member.isLeader(nowNs) || orders == null) {
            return notNow(request.id(), "the node that was asked does not lead, or began just now");
        }
        if (taken.size() >= MAX_WAITING) {
            return notNow(request.id(), "too many orders at once");
        }
        boolean isBasedOnAnother =
                !request.basis().equals(Version.NONE)
                        && !request.basis().equals(member.ordersSince());
        if (isBasedOnAnother) {
            return new OrderAnswer(
                    request.id(),
                    OrderVerdict.CONFLICT,
                    Version.NONE,
                    "the orders have changed meanwhile; look again");
        }
        Optional<OrderRules.Refusal> refused =
                OrderRules.judge(orders, request.changes(), request.forced(), known.apply(member));
        return refused.map(
                        why ->
                                new OrderAnswer(
                                        request.id(),
                                        why.isHarm() ? OrderVerdict.CONFLICT : OrderVerdict.WRONG,
                                        Version.NONE,
                                        why.why()))
                .orElse(null);
    }

    private static String inWords(OrderRequest request) {
        StringBuilder words = new StringBuilder();
        request.changes()
                .forEach(
                        (key, value) ->
                                words.append(words.length() == 0 ? "" : ", ")
                                        .append(value.isPresent() ? "" : "no ")
                                        .append(key)
                                        .append(shown(key, value.orElse(""))));
        return words.length() > 1_000 ? words.substring(0, 1_000) + " ..." : words.toString();
    }

    /** Definitions may hold secrets, which have no business in a log. */
    private static String shown(String key, String value) {
        return value.isEmpty() || OrderKey.defined(key).isPresent()
                ? ""
                : " = " + value.replace('\n', ' ');
    }

    /** Answers what is decided, and what has waited for too long. */
    void tick(long nowNs) {
        Version confirmed = member.ordersConfirmed();
        for (Taken order : List.copyOf(taken)) {
            boolean isOver = order.stamp.epoch() != member.epoch();
            boolean isDone = !isOver && !order.stamp.supersedes(confirmed);
            if (isDone || isOver || nowNs >= order.untilNs) {
                taken.remove(order);
                reply(order.from, isDone ? done(order) : undone(order, isOver));
            }
        }
        asked.values()
                .removeIf(
                        each -> {
                            boolean isLate = nowNs >= each.untilNs;
                            if (isLate) {
                                each.answer.complete(
                                        notNow(0, "no answer in time: perhaps done, perhaps not"));
                            }
                            return isLate;
                        });
    }

    private static OrderAnswer done(Taken order) {
        return new OrderAnswer(order.id, OrderVerdict.DONE, order.stamp, "");
    }

    private static OrderAnswer undone(Taken order, boolean isOver) {
        String why = isOver ? "the leader has changed" : "no majority of the voters has it yet";
        return notNow(order.id, why + ": perhaps it will be done, perhaps not");
    }

    private static OrderAnswer notNow(long id, String why) {
        return new OrderAnswer(id, OrderVerdict.NOT_NOW, Version.NONE, why);
    }

    private void reply(NodeId to, OrderAnswer answer) {
        if (to.equals(self)) {
            answered(answer);
        } else if (!messages.send(to, MessageCodec.encode(answer))) {
            LOG.debug("cluster: {} does not hear about its order", to);
        }
    }

    private void answered(OrderAnswer answer) {
        Asked waiting = asked.remove(answer.id());
        if (waiting != null) {
            waiting.answer.complete(answer);
        }
    }
}
