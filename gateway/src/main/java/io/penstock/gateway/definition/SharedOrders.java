package io.penstock.gateway.definition;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.message.Message.OrderAnswer;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The orders of a cluster, as far as definitions need them.
 *
 * <p>Threading: any thread; nothing waits.
 */
public interface SharedOrders {

    /** Those of the table that this node goes by; {@link Orders#NONE} before it has one. */
    Orders newest();

    /**
     * Changes one order, by way of the leader.
     *
     * @param basis version of the orders that the change was made from
     * @param value the new one; empty takes the order away
     * @return what became of it; does not fail, and is done when a majority of the voters keeps it
     */
    Future<OrderAnswer> order(Version basis, String key, Optional<String> value);
}
