package io.penstock.exporter.relay;

import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The real sink of one export for what other nodes staged: a queue before it, and as many
 * deliveries with it as it bears, at the rate that the export has for everybody. It has a context
 * of its own, as a sink in fan-out has.
 *
 * <p>Threading: {@link #offer} and {@link #end} on any thread, everything else on its context.
 */
final class ForwardedSink extends VerticleBase {
    /** Deliveries that wait for the sink. */
    static final int MAX_WAITING = 64;

    private static final long MILLI_NS = 1_000_000;

    private static final Outcome BUSY =
            new Outcome.Retry(
                    Outcome.Retry.BACK_OFF,
                    MAX_WAITING + " deliveries wait at the export's owner already",
                    Outcome.Cause.BUSY);

    private final ExportName export;
    private final TargetSpec spec;
    private final SinkContext surroundings;
    private final Holdings holdings;
    private final RelayCounters counters;
    private final RecordReader reader = new RecordReader();
    private final Queue<Item> waiting = new ArrayDeque<>();
    private @Nullable LiveSink sink;
    private boolean pumping;
    private boolean paced;
    private boolean ends;
    private volatile long usedNs = System.nanoTime();
    private volatile boolean isIdle = true;
    private volatile @Nullable Context home;

    /** A delivery and whom to tell. */
    private record Item(
            RemoteDelivery delivery,
            long bytes,
            BooleanSupplier isWanted,
            Promise<Outcome> answer) {}

    ForwardedSink(
            ExportName export,
            TargetSpec spec,
            SinkContext surroundings,
            Holdings holdings,
            RelayCounters counters) {
        this.export = export;
        this.spec = spec;
        this.surroundings = surroundings;
        this.holdings = holdings;
        this.counters = counters;
    }

    @Override
    public Future<?> start() {
        sink = new LiveSink(spec.sink().apply(surroundings), export, context);
        home = context;
        return Future.succeededFuture();
    }

    /**
     * Delivers when it is its turn.
     *
     * @param isWanted whether anybody would still hear of it
     */
    Future<Outcome> offer(RemoteDelivery delivery, long bytes, BooleanSupplier isWanted) {
        Promise<Outcome> answer = Promise.promise();
        Item item = new Item(delivery, bytes, isWanted, answer);
        onContext(() -> enqueue(item));
        return answer.future();
    }

    private void onContext(Runnable task) {
        Context here = home;
        if (here == null) {
            throw new IllegalStateException("not started");
        }
        here.runOnContext(v -> task.run());
    }

    private void enqueue(Item item) {
        if (ends) {
            item.answer.complete(Away.CHANGING);
        } else if (waiting.size() >= MAX_WAITING) {
            item.answer.complete(BUSY);
        } else {
            waiting.add(item);
            pump();
        }
    }

    private void pump() {
        LiveSink open = sink;
        if (pumping || open == null) {
            return;
        }
        pumping = true;
        int most = spec.capabilities().ordered() ? 1 : spec.concurrency();
        while (open.underWay() < most && !isHeld()) {
            Item next = waiting.poll();
            if (next == null) {
                break;
            }
            send(open, next);
        }
        pumping = false;
        usedNs = System.nanoTime();
        isIdle = waiting.isEmpty() && open.underWay() == 0;
    }

    /** Whether the rate lets nothing through now; it is asked again when it does. */
    private boolean isHeld() {
        if (waiting.isEmpty()) {
            return false;
        }
        long nowNs = System.nanoTime();
        long waitNs = holdings.rate(export, spec.rate(), nowNs).waitNs(nowNs);
        if (waitNs > 0 && !paced) {
            paced = true;
            vertx.setTimer(
                    (waitNs + MILLI_NS - 1) / MILLI_NS,
                    now -> {
                        paced = false;
                        pump();
                    });
        }
        return waitNs > 0;
    }

    private void send(LiveSink open, Item item) {
        if (ends || !item.isWanted.getAsBoolean()) {
            item.answer.complete(Away.CHANGING);
            return;
        }
        if (!holdings.mayDeliver(export)) {
            counters.notOwner();
            item.answer.complete(Away.NOT_OWNER);
            return;
        }
        counters.taken(item.bytes);
        long nowNs = System.nanoTime();
        holdings.rate(export, spec.rate(), nowNs)
                .started(nowNs, item.delivery.records(), item.delivery.bytes());
        item.delivery.readWith(reader);
        open.deliver(item.delivery, spec.timeoutMs())
                .onComplete(
                        done -> {
                            item.delivery.revoke();
                            item.answer.complete(done.result());
                            pump();
                        });
    }

    /** Whether its sink may block the thread that calls it. */
    boolean isBlocking() {
        return spec.capabilities().blocking();
    }

    /** Whether nothing is here, and was not for so long. */
    boolean isUnused(long forNs, long nowNs) {
        return isIdle && nowNs - usedNs >= forNs;
    }

    /**
     * Takes nothing more, and closes the sink.
     *
     * @param atOnce whether what is under way is given up
     * @return completes when nothing is sent any more
     */
    Future<Void> end(boolean atOnce) {
        Promise<Void> ended = Promise.promise();
        onContext(
                () -> {
                    ends = true;
                    for (Item item = waiting.poll(); item != null; item = waiting.poll()) {
                        item.answer.complete(Away.CHANGING);
                    }
                    LiveSink last = sink;
                    if (last == null) {
                        ended.complete();
                    } else {
                        last.end(atOnce).onComplete(ended);
                    }
                });
        return ended.future();
    }

    /** Completes when the sink has closed. */
    Future<Void> closed() {
        LiveSink last = sink;
        return last == null ? Future.succeededFuture() : last.closed();
    }
}
