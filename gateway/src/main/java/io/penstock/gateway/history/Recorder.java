package io.penstock.gateway.history;

import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.history.Tallies.Counted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a node's counters once a second, keeps the last hours of them, and tells those who want to
 * know of each second.
 *
 * <p>Threading: any thread.
 */
public final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final long ROUND_MS = 1_000;

    private final Vertx vertx;
    private final History history = new History();
    private final Archive archive;
    private final Sampler sampler;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean sampling = new AtomicBoolean();
    private volatile long timer = -1;

    /** One who is told of every second, on a worker thread, one second at a time. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Takes a second; may block for a moment, in which no other second is read.
         *
         * @throws Exception is logged; the listener hears the next one all the same
         */
        void hear(Round round) throws Exception;
    }

    /**
     * One that has not started.
     *
     * @param dataDirectory under which the last weeks are kept; need not exist before {@link
     *     #start}
     */
    public Recorder(Vertx vertx, StageRegistry stages, FanOut fanOut, Path dataDirectory) {
        this.vertx = vertx;
        this.archive = new Archive(dataDirectory.resolve("history"));
        LongSampler weeks = new LongSampler(stages, archive, new MachineLook(dataDirectory));
        this.sampler = new Sampler(stages, fanOut, history, weeks);
    }

    /** The last weeks. */
    public Archive archive() {
        return archive;
    }

    /** The last hours. */
    public History history() {
        return history;
    }

    /** Tells this one too, from the next second on. */
    public void tell(Listener listener) {
        listeners.add(listener);
    }

    /** Reads from now on. */
    public Future<Void> start() {
        return vertx.executeBlocking(
                        () -> {
                            archive.open();
                            archive.tallies().add(new Counted(Tallies.START, "", "", "start"), 1);
                            return archive;
                        },
                        false)
                .<Void>mapEmpty()
                .recover(
                        failed -> {
                            LOG.warn("history: the last weeks are not kept", failed);
                            return Future.succeededFuture();
                        })
                .onSuccess(open -> timer = vertx.setPeriodic(0, ROUND_MS, id -> round()));
    }

    /** One round, unless the one before is under way: then it is left out. */
    private void round() {
        if (!sampling.compareAndSet(false, true)) {
            return;
        }
        vertx.executeBlocking(this::sample, false)
                .onFailure(failed -> LOG.warn("history: a round failed", failed))
                .onComplete(over -> sampling.set(false));
    }

    private Round sample() {
        Round round = sampler.take(System.currentTimeMillis(), System.nanoTime());
        for (Listener listener : listeners) {
            try {
                listener.hear(round);
            } catch (Exception failed) {
                LOG.warn("history: one who listens failed", failed);
            }
        }
        return round;
    }

    /** Reads no more. Safe without {@link #start}, and twice. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return vertx.executeBlocking(
                        () -> {
                            archive.close();
                            return archive;
                        },
                        false)
                .mapEmpty();
    }
}
