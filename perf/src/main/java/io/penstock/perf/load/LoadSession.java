package io.penstock.perf.load;

import io.penstock.perf.wire.Wire;
import io.penstock.perf.wire.Wires;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A running load. Threading: any thread; a thread of its own does the work. */
public final class LoadSession implements AutoCloseable {
    private static final long ANSWERS_WITHIN_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long ENDS_WITHIN_MS = 20_000;

    private final LoadPlan plan;
    private final List<Wire> wires;
    private final Tally tally = new Tally();
    private final LoadLoop loop;
    private final Thread thread;
    private volatile @Nullable Exception broken;

    /**
     * Connects and starts to send.
     *
     * @param seed draws the producers
     * @throws IOException when the server does not take a connection
     */
    public LoadSession(LoadPlan plan, long seed) throws IOException {
        this.plan = plan;
        SplittableRandom random = new SplittableRandom(seed);
        wires = Wires.open(plan.transport(), plan.target(), plan.batches(), plan.shape(), random);
        loop = new LoadLoop(wires, tally, plan.ratePerS());
        thread = new Thread(this::run, "penstock-load");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            loop.run(ANSWERS_WITHIN_NS);
        } catch (IOException | RuntimeException e) {
            broken = e; // told to whoever reads the numbers
        }
    }

    /** What it does. */
    public LoadPlan plan() {
        return plan;
    }

    /**
     * What was counted since the start.
     *
     * @throws IOException when a connection broke: the numbers would be of a session that stands
     *     still
     */
    public LoadCounts counts() throws IOException {
        Exception why = broken;
        if (why != null) {
            throw new IOException("the load broke off: " + why.getMessage(), why);
        }
        return tally.counts();
    }

    /** Latencies of acknowledged batches in nanoseconds since the last call. */
    public Histogram takeLatencies() {
        return tally.takeLatencies();
    }

    /** The last error that a server answered with; empty when there was none. */
    public String lastFailure() {
        return tally.lastFailure();
    }

    /**
     * Starts no more batches and waits for the answers to those under way.
     *
     * @return everything counted; the batches without an answer are not in it
     */
    public LoadCounts finish() throws IOException, InterruptedException {
        loop.stop();
        thread.join(ENDS_WITHIN_MS);
        return counts();
    }

    /** Stops and closes all connections. */
    @Override
    public void close() throws IOException {
        loop.stop();
        try {
            thread.join(ENDS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the connections are closed all the same
        }
        for (Wire wire : wires) {
            wire.close();
        }
    }
}
