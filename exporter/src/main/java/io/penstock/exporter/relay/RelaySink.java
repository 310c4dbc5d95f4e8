package io.penstock.exporter.relay;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.model.DeliveryId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink of an export on a node of a cluster: the real one while this node may talk to the
 * target, a peer while another may, nobody in between.
 *
 * <p>The real sink is made when the right to deliver comes, so that what it keeps on the disk is
 * seen to without a delivery, and is closed when the right goes: one that merely exists may fence
 * the owner's, or write by a timer.
 *
 * <p>Threading: confined to its context, but for what {@link Tenant} says.
 */
final class RelaySink implements Sink, Tenant {
    private static final Logger LOG = LoggerFactory.getLogger(RelaySink.class);

    private final SinkContext surroundings;
    private final Function<SinkContext, Sink> real;
    private final Holdings holdings;
    private final Peers peers;
    private final Context context;
    private final ExportName export;

    private @Nullable LiveSink local;
    private boolean held;
    private boolean closed;

    RelaySink(
            SinkContext surroundings,
            Function<SinkContext, Sink> real,
            Holdings holdings,
            Peers peers) {
        this.surroundings = surroundings;
        this.real = real;
        this.holdings = holdings;
        this.peers = peers;
        this.context = surroundings.vertx().getOrCreateContext();
        this.export = new ExportName(surroundings.repo(), surroundings.export());
    }

    /** On the context; may look at the disk where the sink may block. */
    void start(Keeping keeps) {
        if (keeps == Keeping.RECORDS) {
            publishLeft();
        }
        holdings.attach(export, this);
    }

    /**
     * What a sink called delivered before this node died, and did not publish, is due whoever has
     * the export now. It has names of its own, so that it is in nobody's way.
     */
    private void publishLeft() {
        try (Stream<Path> left = Files.list(surroundings.stateDirectory())) {
            if (left.findAny().isEmpty()) {
                return;
            }
        } catch (IOException unreadable) {
            LOG.warn("export {}: what was staged cannot be looked for", export, unreadable);
            return;
        }
        held = true;
        open();
        held = false;
        LiveSink last = local;
        if (last != null) {
            last.land();
        }
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        if (closed) {
            return Future.succeededFuture(Outcome.CLOSED);
        }
        if (holdings.mayDeliver(export)) {
            return here(delivery);
        }
        Peer owner = peers.owner(export, key(delivery.id()));
        return owner == null ? Future.succeededFuture(Away.NOBODY) : peers.deliver(owner, delivery);
    }

    /** All deliveries of a run go the same way, however it is cut. */
    private static long key(DeliveryId id) {
        return id.epoch() * 31 + id.first();
    }

    private Future<Outcome> here(Delivery delivery) {
        if (!held || (local != null && local.closed().isComplete())) {
            return Future.succeededFuture(Away.CHANGING);
        }
        Outcome fault = open();
        LiveSink now = local;
        if (fault != null || now == null) {
            return Future.succeededFuture(fault == null ? Away.CHANGING : fault);
        }
        return now.deliver(delivery, LiveSink.NO_LIMIT);
    }

    /** Makes the real sink if it may be there and is not; what a delivery hears if it cannot be. */
    private @Nullable Outcome open() {
        if (!held || closed || local != null) {
            return null;
        }
        try {
            LiveSink made = new LiveSink(real.apply(surroundings), export, context);
            local = made;
            made.closed().onComplete(over -> context.runOnContext(v -> gone(made)));
            return null;
        } catch (Exception | LinkageError e) {
            LOG.warn("the sink of export {} cannot be made", export, e);
            return new Outcome.Retry(
                    Outcome.Retry.BACK_OFF, "the sink cannot be made: " + e.getMessage());
        }
    }

    /** A sink has closed; the next may be there already wanted. */
    private void gone(LiveSink old) {
        if (local == old) {
            local = null;
            open();
        }
    }

    @Override
    public void begin() {
        context.runOnContext(
                v -> {
                    held = true;
                    open();
                });
    }

    @Override
    public Future<Void> end(boolean atOnce) {
        Promise<Void> ended = Promise.promise();
        context.runOnContext(
                v -> {
                    held = false;
                    LiveSink last = local;
                    if (last == null) {
                        ended.complete();
                    } else {
                        last.end(atOnce).onComplete(ended);
                    }
                });
        return ended.future();
    }

    @Override
    public Future<Void> close() {
        if (!closed) {
            closed = true;
            holdings.detach(export, this);
        }
        // what is under way now, fan-out has given up waiting for
        LiveSink last = local;
        return last == null ? Future.succeededFuture() : last.cut();
    }
}
