package io.penstock.exporter.pressure;

import io.penstock.exporter.sink.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntToLongFunction;

/**
 * What one target bears: when the next delivery may start, how many may be in flight, how large
 * they may be.
 *
 * <p>Shapes and units: times are nanoseconds of a clock that never goes back, given with each call;
 * nothing here reads a clock or sets a timer. A {@link Start} belongs to one delivery and is handed
 * back once, to {@link #answered} or {@link #refused}; a delivery that is taken back without an
 * outcome need not be.
 *
 * <p>Threading: confined to the export's context, except {@link #stats}.
 */
public final class Pressure {
    private static final long MILLI_NS = 1_000_000;

    /**
     * The bounds within which an export adapts.
     *
     * @param leastConcurrency fewest deliveries in flight that are tried
     * @param concurrency most deliveries in flight
     * @param batchBytes most bytes per delivery
     * @param batchRecords most records per delivery
     */
    public record Bounds(
            int leastConcurrency, int concurrency, long batchBytes, int batchRecords) {}

    /**
     * A delivery that is with the sink.
     *
     * @param sinceNs when it started
     * @param round failures that came before
     */
    public record Start(long sinceNs, int round) {}

    private final Bounds bounds;
    private final boolean adaptive;
    private final RetryClock clock;
    private final Rate rate;
    private final ConcurrencyLimit concurrency;
    private final BatchLimit batch;
    private final LimitChange.Listener listener;

    /** Limit of bytes for which response times and throughput are known. */
    private long measuredBytes;

    // Read by any thread
    private final Map<Signal, LongAdder> changes = counters();
    private volatile int concurrencyLimit;
    private volatile long batchLimitBytes;
    private volatile String lastChange = "";

    /**
     * Starts large.
     *
     * @param rate of the export, which others on this node may share
     * @param delayMs back-off: failures in a row, counted from 1, to milliseconds
     * @param listener hears of each change, on the context of the calls
     */
    public Pressure(
            Bounds bounds,
            PressureConfig config,
            Rate rate,
            IntToLongFunction delayMs,
            LimitChange.Listener listener) {
        this.bounds = bounds;
        this.adaptive = config.adaptive();
        this.listener = listener;
        clock = new RetryClock(delayMs);
        this.rate = rate;
        Levels levels = new Levels(bounds.leastConcurrency(), bounds.concurrency());
        concurrency =
                new ConcurrencyLimit(levels, config.tryMoreAfterMs() * MILLI_NS, this::changed);
        batch = new BatchLimit(bounds.batchBytes(), config, this::changed);
        measuredBytes = bounds.batchBytes();
        concurrencyLimit = bounds.concurrency();
        batchLimitBytes = bounds.batchBytes();
    }

    /** How many deliveries may be in flight now. */
    public int window() {
        return Math.min(clock.window(), concurrency.level());
    }

    /** How long until one more may start when there is room for it, 0 for now. */
    public long waitNs(long nowNs) {
        long waitNs = clock.waitNs(nowNs);
        return waitNs > 0 ? waitNs : rate.waitNs(nowNs);
    }

    /** The most bytes that the next run should have. */
    public long batchBytes() {
        return rate.bytes(batch.bytes());
    }

    /** The most records that the next run should have. */
    public int batchRecords() {
        return rate.records(bounds.batchRecords());
    }

    /** A delivery goes to the sink. */
    public Start started(long nowNs, int records, long bytes) {
        rate.started(nowNs, records, bytes);
        return new Start(nowNs, clock.round());
    }

    /** The target refused a delivery for good: it works, and that is all that can be learnt. */
    public void rejected(Start start, long nowNs) {
        clock.answered(nowNs, start.round());
    }

    /**
     * The target took a delivery, or settled each of its records.
     *
     * @param inFlight deliveries in flight, this one included
     */
    public void answered(Start start, long nowNs, long bytes, int inFlight) {
        clock.answered(nowNs, start.round());
        if (!adaptive || start.round() != clock.round()) {
            return;
        }
        long tookNs = nowNs - start.sinceNs();
        batch.answered(nowNs, tookNs, bytes, !concurrency.isSettled());
        if (measuredBytes != batch.bytes()) {
            measuredBytes = batch.bytes();
            concurrency.forget();
        } else {
            concurrency.answered(nowNs, tookNs, bytes, inFlight);
        }
    }

    /**
     * The target did not take a delivery now.
     *
     * @param taken whether it took or refused for good a part of it: then it is not an outage
     * @param retry how long it wants to be left alone, why, and of what kind the failure is
     */
    public void refused(Start start, long nowNs, boolean taken, Outcome.Retry retry) {
        if (retry.cause() == Outcome.Cause.AWAY) {
            clock.away(nowNs, retry.afterMs());
            return;
        }
        if (taken) {
            clock.answered(nowNs, start.round());
        }
        if (adaptive && start.round() == clock.round()) {
            // Deliveries that failed together are one sign.
            learn(nowNs, retry);
        }
        clock.failed(nowNs, start.round(), retry.afterMs());
    }

    private void learn(long nowNs, Outcome.Retry retry) {
        boolean first = clock.failuresInRow() == 0;
        if (clock.failuresInRow() == 1) {
            // A delivery alone is refused too: it was not too many. It may still be too much.
            concurrency.wasOutage(retry.why());
            if (retry.cause() != Outcome.Cause.SLOW) {
                batch.wasOutage(retry.why());
            }
        }
        switch (retry.cause()) {
            case BUSY -> {
                if (first) {
                    busy(nowNs, retry);
                }
            }
            case SLOW -> {
                if (first) {
                    concurrency.refused(nowNs, Signal.SLOW, 0, retry.why());
                }
                batch.refused(nowNs, Signal.SLOW, retry.why());
            }
            case DOWN, FAULT -> concurrency.interrupted(retry.why());
            case AWAY -> {
                // nothing was asked of the target
            }
        }
    }

    private void busy(long nowNs, Outcome.Retry retry) {
        if (concurrency.isLowest()) {
            batch.refused(nowNs, Signal.BUSY, retry.why());
        }
        long wishNs = Math.max(0, retry.afterMs()) * MILLI_NS;
        concurrency.refused(nowNs, Signal.BUSY, wishNs, retry.why());
    }

    private static Map<Signal, LongAdder> counters() {
        Map<Signal, LongAdder> each = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            each.put(signal, new LongAdder());
        }
        return each;
    }

    private void changed(LimitChange change) {
        Objects.requireNonNull(changes.get(change.signal())).increment();
        if (change.what() == LimitChange.What.CONCURRENCY) {
            concurrencyLimit = (int) change.to();
        } else {
            batchLimitBytes = change.to();
        }
        lastChange = change.toString();
        listener.changed(change);
    }

    /** The limits at a moment; any thread. */
    public PressureStats stats() {
        Map<Signal, Long> counts = new EnumMap<>(Signal.class);
        changes.forEach((signal, count) -> counts.put(signal, count.sum()));
        return new PressureStats(
                concurrencyLimit, batchLimitBytes, counts, rate.heldNs() / MILLI_NS, lastChange);
    }
}
