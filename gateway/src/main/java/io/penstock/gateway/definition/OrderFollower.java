package io.penstock.gateway.definition;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import io.penstock.gateway.definition.ExportDefinitions.Listener;
import io.penstock.gateway.definition.Ruling.Why;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener what the orders of a cluster make different, one export after another. What
 * cannot be so here is told as faulty and tried again every {@value #RETRY_MS} ms.
 *
 * <p>Threading: any thread; definitions are read on workers.
 */
final class OrderFollower {
    /** Between two looks at the orders, which cost nothing while they are the same. */
    static final long LOOK_MS = 100;

    /** Until a definition that cannot be so here is tried again. */
    static final long RETRY_MS = 5_000;

    /** Longest that one export may take; the others wait for it. */
    static final long CHANGE_LIMIT_MS = 60_000;

    /** Longest that anybody waits for orders that were confirmed to be followed here. */
    static final long FOLLOW_LIMIT_MS = 15_000;

    private static final Logger LOG = LoggerFactory.getLogger(OrderFollower.class);

    private final Vertx vertx;
    private final SharedOrders orders;
    private final long retryMs;
    private volatile Listener listener = (before, after) -> Future.succeededFuture();
    private volatile long timer = -1;

    // Guarded by this.
    private final SortedMap<ExportKey, ExportDefinition> told = new TreeMap<>(ExportKey.ORDER);
    private final Map<ExportKey, Fault> faults = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private Version followed = Version.NONE;
    private Future<Void> round = Future.succeededFuture();
    private boolean closed;

    /** Why a definition is not so here, and what was so before it. */
    private record Fault(Throwable why, @Nullable ExportDefinition before, long againNs) {}

    private record Waiting(Version version, Promise<Void> promise) {}

    private record Change(
            ExportKey key, @Nullable ExportDefinition before, @Nullable ExportDefinition after) {}

    OrderFollower(Vertx vertx, SharedOrders orders, long retryMs) {
        this.vertx = vertx;
        this.orders = orders;
        this.retryMs = retryMs;
    }

    void onChange(Listener hears) {
        listener = hears;
    }

    /** Takes what orders say for what the listener knows already; before {@link #start}. */
    synchronized void begin(Orders kept) {
        told.putAll(SharedDefinition.readAll(kept));
        followed = kept.since();
    }

    void start() {
        timer = vertx.setPeriodic(LOOK_MS, look -> look());
    }

    /** Follows no more, and lets nobody wait; completes when nothing is under way. */
    Future<Void> close() {
        vertx.cancelTimer(timer);
        List<Waiting> left;
        Future<Void> last;
        synchronized (this) {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
            last = round;
        }
        left.forEach(each -> each.promise.tryFail(late("the node stops")));
        return last;
    }

    synchronized List<ExportDefinition> list() {
        return List.copyOf(told.values());
    }

    private void look() {
        Orders newest = orders.newest();
        Promise<Void> over = Promise.promise();
        synchronized (this) {
            boolean isDue = newest.since().supersedes(followed) || !dueFaults().isEmpty();
            if (closed || !round.isComplete() || !isDue) {
                return;
            }
            round = over.future();
        }
        vertx.executeBlocking(() -> changes(newest), false)
                .compose(this::tellAll)
                .onFailure(defect -> LOG.error("orders about exports are not followed", defect))
                .onComplete(
                        done -> {
                            ended(newest.since());
                            over.complete();
                        });
    }

    private synchronized List<ExportKey> dueFaults() {
        long nowNs = System.nanoTime();
        List<ExportKey> due = new ArrayList<>();
        faults.forEach(
                (key, fault) -> {
                    if (nowNs - fault.againNs >= 0) {
                        due.add(key);
                    }
                });
        return due;
    }

    private List<Change> changes(Orders newest) {
        SortedMap<ExportKey, ExportDefinition> wanted = SharedDefinition.readAll(newest);
        List<Change> changes = new ArrayList<>();
        synchronized (this) {
            if (newest.since().supersedes(followed)) {
                SortedMap<ExportKey, ExportDefinition> either = new TreeMap<>(told);
                either.putAll(wanted);
                for (ExportKey key : either.keySet()) {
                    ExportDefinition before = told.get(key);
                    ExportDefinition after = wanted.get(key);
                    if (before == null || !before.equals(after)) {
                        changes.add(new Change(key, soFar(key, after), after));
                    }
                }
            } else {
                dueFaults().forEach(key -> changes.add(again(key)));
            }
        }
        return changes;
    }

    /** What is so here: not what was asked for since and could not be. */
    private @Nullable ExportDefinition soFar(ExportKey key, @Nullable ExportDefinition after) {
        Fault fault = faults.get(key);
        return fault == null || after == null ? told.get(key) : fault.before;
    }

    private Change again(ExportKey key) {
        ExportDefinition definition = told.get(key);
        return new Change(key, soFar(key, definition), definition);
    }

    private Future<Void> tellAll(List<Change> changes) {
        Future<Void> last = Future.succeededFuture();
        for (Change change : changes) {
            last = last.compose(done -> tell(change));
        }
        return last;
    }

    /** Does not fail: one that cannot be so stops no other. */
    private Future<Void> tell(Change change) {
        Listener hears = listener;
        return Future.succeededFuture()
                .compose(now -> hears.changed(change.before, change.after))
                .timeout(CHANGE_LIMIT_MS, TimeUnit.MILLISECONDS)
                .transform(
                        result -> {
                            settled(change, result.cause());
                            return result.succeeded()
                                    ? Future.succeededFuture()
                                    : faulty(hears, change, result.cause());
                        });
    }

    private synchronized void settled(Change change, @Nullable Throwable failure) {
        ExportDefinition after = change.after;
        faults.remove(change.key);
        if (after == null) {
            told.remove(change.key);
            return;
        }
        told.put(change.key, after);
        if (failure != null) {
            long againNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retryMs);
            faults.put(change.key, new Fault(failure, change.before, againNs));
        }
    }

    private static Future<Void> faulty(Listener hears, Change change, Throwable failure) {
        ExportDefinition after = change.after;
        if (after == null) {
            LOG.warn("export {} is deleted, and not all of it is gone here", change.key, failure);
            return Future.succeededFuture();
        }
        return Future.succeededFuture()
                .compose(now -> hears.faulty(after, failure))
                .timeout(CHANGE_LIMIT_MS, TimeUnit.MILLISECONDS)
                .otherwise(
                        worse -> {
                            LOG.warn("export {} does not stop", change.key, worse);
                            return null;
                        });
    }

    private void ended(Version version) {
        List<Waiting> over = new ArrayList<>();
        synchronized (this) {
            followed = version.supersedes(followed) ? version : followed;
            for (Waiting each : waiting) {
                if (!each.version.supersedes(followed)) {
                    over.add(each);
                }
            }
            waiting.removeAll(over);
        }
        over.forEach(each -> each.promise.tryComplete());
    }

    /** Completes when all is so, or told as faulty, that orders of this version say. */
    Future<Void> until(Version version) {
        Waiting mine = new Waiting(version, Promise.promise());
        synchronized (this) {
            if (closed) {
                return Future.failedFuture(late("the node stops"));
            }
            if (!version.supersedes(followed)) {
                return Future.succeededFuture();
            }
            waiting.add(mine);
        }
        vertx.setTimer(FOLLOW_LIMIT_MS, id -> mine.promise.tryFail(late("it takes long")));
        return mine.promise.future().onFailure(late -> forget(mine));
    }

    private synchronized void forget(Waiting late) {
        waiting.remove(late);
    }

    private static NotKeptException late(String why) {
        return new NotKeptException(
                Why.UNAVAILABLE, "it is ordered, and not yet so on this node: " + why);
    }

    /** Why this definition, if it is the one that holds, is not so here. */
    synchronized Optional<Throwable> fault(ExportDefinition definition) {
        Fault fault = faults.get(definition.key());
        return fault == null || !definition.equals(told.get(definition.key()))
                ? Optional.empty()
                : Optional.of(fault.why);
    }
}
