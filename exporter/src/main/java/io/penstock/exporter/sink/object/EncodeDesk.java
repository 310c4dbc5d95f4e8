package io.penstock.exporter.sink.object;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the encodes of a node take turns: so many at once, on threads of their own, each giving way
 * to the rest of the machine.
 *
 * <p>The rule: after a stretch of work, an encode pauses for the length of the stretch times a
 * factor, which is 0 while others use less than half of the cores and grows to 4 as they use all: a
 * busy machine leaves an encode a fifth of its thread. The load of the machine says little to a
 * process that is kept to some of its cores, or to a share of them; there, an encode sees that it
 * is kept waiting. An encode that others wait for (its export's queue is half full) does not pause,
 * since the staged rows must not outgrow the disk.
 *
 * <p>Threads are made when there is work and end after two seconds without. There are as many as
 * there are jobs; each export has only a few at once.
 *
 * <p>Threading: any thread.
 */
final class EncodeDesk {

    /** The desk of this process. */
    static final EncodeDesk OF_THIS_NODE = new EncodeDesk();

    static final double CALM = 0.5;
    static final double MOST_PAUSE = 4;

    private static final long LONGEST_PAUSE_MS = 1000;
    private static final long IDLE_SECONDS = 2;

    private final MachineLoad load = new MachineLoad();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    EncodeDesk::thread);
    private int running;
    private int waiting;

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "penstock-encode");
        thread.setDaemon(true);
        return thread;
    }

    /** Threads for jobs that encode and publish. */
    Executor threads() {
        return threads;
    }

    /** How many encodes may run at once unless a person says otherwise: half of the cores. */
    static int usual() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /**
     * Waits until fewer than {@code limit} encodes run on the node.
     *
     * @param urgent whether this encode shall not pause now
     */
    synchronized Turn begin(int limit, BooleanSupplier urgent) throws InterruptedException {
        waiting++;
        try {
            while (running >= limit) {
                wait();
            }
            running++;
        } finally {
            waiting--;
        }
        return new Turn(urgent, load::others, load);
    }

    private synchronized void end() {
        running--;
        notifyAll();
    }

    /** Encodes that have begun and not ended. */
    synchronized int running() {
        return running;
    }

    /** Encodes that wait to begin. */
    synchronized int waiting() {
        return waiting;
    }

    /**
     * How busy the cores are that an encode may run on, told from a stretch of its work in which it
     * got less CPU than time passed: calm when it got all, used up by others when it got half.
     */
    static double crowded(long cpuNs, long workedNs) {
        double missed = workedNs <= 0 ? 0 : Math.max(0, 1 - (double) cpuNs / workedNs);
        return CALM + Math.min(1, 2 * missed) * (1 - CALM);
    }

    /** How long to pause after a stretch of work while others use a share of the cores. */
    static long pauseNs(long workedNs, double others) {
        double factor = Math.max(0, others - CALM) / (1 - CALM) * MOST_PAUSE;
        long pauseNs = (long) (workedNs * factor);
        return Math.min(pauseNs, TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MS));
    }

    /** One encode's leave to run. Threading: confined to the encode's thread. */
    final class Turn implements AutoCloseable {
        private final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        private final BooleanSupplier urgent;
        private final DoubleSupplier others;
        private final MachineLoad report;
        private long sinceNs = System.nanoTime();
        private long cpuNs;
        private @Nullable InterruptedException interrupted;

        Turn(BooleanSupplier urgent, DoubleSupplier others, MachineLoad report) {
            this.urgent = urgent;
            this.others = others;
            this.report = report;
            cpuNs = cpu.isCurrentThreadCpuTimeSupported() ? cpu.getCurrentThreadCpuTime() : 0;
        }

        /** A stretch of work is done: pauses if it should. */
        void giveWay() {
            long workedNs = System.nanoTime() - sinceNs;
            double busy = Math.max(others.getAsDouble(), crowded(report(), workedNs));
            long pauseNs = urgent.getAsBoolean() ? 0 : pauseNs(workedNs, busy);
            if (pauseNs > 0 && interrupted == null) {
                try {
                    TimeUnit.NANOSECONDS.sleep(pauseNs);
                } catch (InterruptedException stop) {
                    // whoever wants the end of it gets it sooner without pauses
                    interrupted = stop;
                }
            }
            sinceNs = System.nanoTime();
        }

        /** CPU time since the last report; that of a long stretch where nobody tells. */
        private long report() {
            if (!cpu.isCurrentThreadCpuTimeSupported()) {
                return Long.MAX_VALUE;
            }
            long nowNs = cpu.getCurrentThreadCpuTime();
            long usedNs = nowNs - cpuNs;
            report.encoded(usedNs);
            cpuNs = nowNs;
            return usedNs;
        }

        @Override
        public void close() {
            report();
            end();
            if (interrupted != null) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
