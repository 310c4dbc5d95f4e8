package io.penstock.gateway.definition;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import io.penstock.gateway.definition.Ruling.Why;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of a cluster, among its orders: what is asked for at one node is so at all. A
 * change is made only where the definition is still the one that it was made from. One that the
 * node that was asked cannot make is taken back; one that another node cannot make is told there.
 *
 * <p>Threading: any thread.
 */
public final class ClusterDefinitions implements ExportDefinitions {
    /** How often an order is given again because others came in between. */
    static final int TRIES = 6;

    /** Between two of them, for the next table to come. */
    static final long BETWEEN_MS = 300;

    private final Vertx vertx;
    private final SharedOrders orders;
    private final OrderFollower follower;

    /** Knows nothing yet. */
    public ClusterDefinitions(Vertx vertx, SharedOrders orders) {
        this(vertx, orders, OrderFollower.RETRY_MS);
    }

    ClusterDefinitions(Vertx vertx, SharedOrders orders, long retryMs) {
        this.vertx = vertx;
        this.orders = orders;
        this.follower = new OrderFollower(vertx, orders, retryMs);
    }

    /**
     * Begins with what this node knew last, before any repo is open.
     *
     * @param kept the orders of the table on its disk
     */
    public void begin(Orders kept) {
        follower.begin(kept);
    }

    /** Follows orders from now on. */
    public void start() {
        follower.start();
    }

    /** Follows no more; completes when nothing is under way. Safe without {@link #start}. */
    public Future<Void> close() {
        return follower.close();
    }

    @Override
    public void onChange(Listener listener) {
        follower.onChange(listener);
    }

    @Override
    public List<ExportDefinition> list() {
        return follower.list();
    }

    @Override
    public Future<Void> put(ExportDefinition definition, @Nullable ExportDefinition before) {
        return change(definition.key(), before, definition)
                .compose(
                        done ->
                                follower.fault(definition)
                                        .map(why -> takenBack(definition, before, why))
                                        .orElseGet(Future::succeededFuture));
    }

    @Override
    public Future<Void> remove(ExportDefinition definition) {
        return change(definition.key(), definition, null);
    }

    private Future<Void> takenBack(
            ExportDefinition definition, @Nullable ExportDefinition before, Throwable why) {
        return change(definition.key(), definition, before)
                .recover(
                        left ->
                                Future.failedFuture(
                                        new NotKeptException(
                                                Why.UNAVAILABLE,
                                                "it is ordered, cannot be so on this node ("
                                                        + why.getMessage()
                                                        + "), and is not taken back: "
                                                        + left.getMessage())))
                .compose(done -> Future.failedFuture(why));
    }

    private Future<Void> change(
            ExportKey key, @Nullable ExportDefinition before, @Nullable ExportDefinition after) {
        return ordered(key, before, after, TRIES).compose(follower::until);
    }

    /** The version with which it is so. */
    private Future<Version> ordered(
            ExportKey key,
            @Nullable ExportDefinition before,
            @Nullable ExportDefinition after,
            int tries) {
        Orders basis = orders.newest();
        if (basis.since().equals(Version.NONE)) {
            return refused(Why.UNAVAILABLE, "no table of the cluster is known here yet");
        }
        if (!Objects.equals(SharedDefinition.of(basis, key), before)) {
            return refused(
                    Why.OVERTAKEN,
                    "export " + key + " was changed meanwhile at another node; look again");
        }
        Optional<String> text = Optional.ofNullable(after).map(SharedDefinition::text);
        return orders.order(basis.since(), SharedDefinition.orderKey(key), text)
                .compose(
                        answer ->
                                switch (answer.verdict()) {
                                    case DONE -> Future.succeededFuture(answer.version());
                                    case WRONG -> refused(Why.FULL, answer.why());
                                    case NOT_NOW -> refused(Why.UNAVAILABLE, answer.why());
                                    case CONFLICT ->
                                            tries > 1
                                                    ? later().compose(
                                                                    now ->
                                                                            ordered(
                                                                                    key, before,
                                                                                    after,
                                                                                    tries - 1))
                                                    : refused(Why.UNAVAILABLE, answer.why());
                                });
    }

    /** Orders about something else came in between; what they are is known here soon. */
    private Future<Void> later() {
        Promise<Void> later = Promise.promise();
        vertx.setTimer(BETWEEN_MS, id -> later.complete());
        return later.future();
    }

    private static Future<Version> refused(Why why, String message) {
        return Future.failedFuture(new NotKeptException(why, message));
    }
}
