package io.penstock.gateway.definition;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.message.Message.OrderAnswer;
import io.penstock.cluster.message.Message.OrderVerdict;
import io.penstock.cluster.order.OrderRules;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Orders that are kept in a map, under the rules of the leader. */
final class ListedOrders implements SharedOrders {
    private static final OrderRules.Known NOBODY =
            new OrderRules.Known(List.of(), Set.of(), Set.of());

    private final Deque<Runnable> hooks = new ArrayDeque<>();
    private Orders orders = new Orders(new Version(1, 1), Collections.emptySortedMap());
    private Orders shown = orders;
    private boolean isHidden;
    private boolean hasLeader = true;

    @Override
    public synchronized Orders newest() {
        return isHidden ? shown : orders;
    }

    @Override
    public synchronized Future<OrderAnswer> order(
            Version basis, String key, Optional<String> value) {
        if (!hasLeader) {
            hasLeader = true;
            return answered(OrderVerdict.NOT_NOW, "no leader is known here now");
        }
        Runnable hook = hooks.poll();
        if (hook != null) {
            hook.run();
        }
        if (!basis.equals(orders.since())) {
            return answered(OrderVerdict.CONFLICT, "the orders have changed meanwhile");
        }
        Map<String, Optional<String>> changes = Map.of(key, value);
        return OrderRules.judge(orders.entries(), changes, true, NOBODY)
                .map(refused -> answered(OrderVerdict.WRONG, refused.why()))
                .orElseGet(
                        () -> {
                            take(OrderRules.apply(orders.entries(), changes));
                            return answered(OrderVerdict.DONE, "");
                        });
    }

    private void take(SortedMap<String, String> entries) {
        Version since = orders.since();
        orders = new Orders(new Version(since.epoch(), since.sequence() + 1), entries);
    }

    private Future<OrderAnswer> answered(OrderVerdict verdict, String why) {
        Version version = verdict == OrderVerdict.DONE ? orders.since() : Version.NONE;
        return Future.succeededFuture(new OrderAnswer(1, verdict, version, why));
    }

    /** As if it was asked for at a node that is not in the test. */
    synchronized void set(ExportDefinition definition) {
        set(definition.key(), SharedDefinition.text(definition));
    }

    synchronized void set(ExportKey key, String text) {
        String order = SharedDefinition.orderKey(key);
        take(OrderRules.apply(orders.entries(), Map.of(order, Optional.of(text))));
    }

    /** Something that happens while an order is on its way. */
    synchronized void beforeTheNext(Runnable hook) {
        hooks.add(hook);
    }

    /** Refuses the next order. */
    synchronized void hasNoLeader() {
        hasLeader = false;
    }

    /** Shows nothing new from now on. */
    synchronized void hide() {
        shown = orders;
        isHidden = true;
    }

    synchronized boolean hasTaken() {
        return !orders.equals(shown);
    }

    /** Knows no table. */
    synchronized void forget() {
        orders = Orders.NONE;
    }

    synchronized void becomes(ListedOrders other) {
        orders = other.newest();
    }
}
