package io.penstock.perf.compare;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.LoadCounts;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.load.LoadSession;
import io.penstock.perf.report.CpuUse;
import io.penstock.perf.report.Window;
import io.penstock.perf.side.ProcFs;
import io.penstock.perf.side.Side;
import java.io.IOException;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Loads one side for a while and measures the end of it. Threading: confined to one thread. */
final class Gauge {
    private static final long TICK_MS = 500;
    private static final long FIRST_POLL_MS = 10;
    private static final long FIRST_WITHIN_NS = 30_000_000_000L;

    private final LiveLine line;
    private long seed = 1;

    Gauge(LiveLine line) {
        this.line = line;
    }

    /**
     * What was measured, and everything that was acknowledged from the first request to the last.
     *
     * @param window the measured part
     * @param all acknowledged altogether
     */
    record Measured(Window window, LoadCounts all) {}

    /** Settles, then measures. */
    Measured measure(Side side, LoadPlan plan, double settleS, double seconds, String label)
            throws IOException, InterruptedException {
        try (LoadSession session = new LoadSession(plan, seed++)) {
            awaitFirst(side, session);
            watch(side, session, settleS, label + " settling");
            session.takeLatencies();
            LoadCounts before = session.counts();
            CpuUse cpu = CpuUse.now(side.handle());
            long start = System.nanoTime();
            watch(side, session, seconds, label);
            LoadCounts counts = session.counts().since(before);
            CpuUse used = CpuUse.now(side.handle()).since(cpu);
            double measured = (System.nanoTime() - start) / 1e9;
            Histogram latencies = corrected(session.takeLatencies(), plan, counts, measured);
            ProcFs.Memory memory = ProcFs.memory(side.handle());
            LoadCounts all = session.finish();
            if (counts.requests() == 0 || counts.failed() > 0) {
                String why = session.lastFailure();
                throw new IOException(
                        side.name() + ": " + counts + (why.isEmpty() ? "" : ", last: " + why));
            }
            return new Measured(new Window(measured, counts, used, latencies, memory), all);
        }
    }

    /** A JVM that has never seen a request may need a moment for the first. */
    private static void awaitFirst(Side side, LoadSession session)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + FIRST_WITHIN_NS;
        while (session.counts().requests() == 0) {
            if (System.nanoTime() - deadline > 0 || !side.handle().isAlive()) {
                throw new IOException(
                        side.name()
                                + " answers nothing: "
                                + session.counts()
                                + ", last: "
                                + session.lastFailure());
            }
            Thread.sleep(FIRST_POLL_MS);
        }
    }

    /**
     * In an open loop latencies count from when a request was due, and nothing is to correct. When
     * saturating, each place for a request should have been used again after the mean time: where
     * an answer took longer, the requests that were not sent meanwhile are added.
     */
    private static Histogram corrected(
            Histogram raw, LoadPlan plan, LoadCounts counts, double seconds) {
        if (plan.ratePerS() > 0 || counts.requests() == 0) {
            return raw;
        }
        double expectedNs = seconds * 1e9 * plan.exchanges() / counts.requests();
        return raw.copyCorrectedForCoordinatedOmission((long) expectedNs);
    }

    private void watch(Side side, LoadSession session, double seconds, String label)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        LoadCounts last = session.counts();
        long lastNs = System.nanoTime();
        while (true) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            Thread.sleep(Math.min(TICK_MS, left));
            if (!side.handle().isAlive()) {
                throw new IOException(side.name() + " has ended under load");
            }
            LoadCounts now = session.counts();
            long nowNs = System.nanoTime();
            line.show(progress(side, label, now.since(last), (nowNs - lastNs) / 1e9, left));
            last = now;
            lastNs = nowNs;
        }
    }

    private static String progress(
            Side side, String label, LoadCounts counts, double seconds, long leftMs) {
        return String.format(
                Locale.ROOT,
                "%s: %s %,.0f MB/s, %,.0f records/s, %,.0f requests/s, %,d refused, %d s left",
                label,
                side.name(),
                counts.bytes() / 1e6 / seconds,
                counts.records() / seconds,
                counts.requests() / seconds,
                counts.refused(),
                leftMs / 1000);
    }
}
