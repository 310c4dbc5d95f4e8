package io.penstock.exporter.sink.object;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How busy the machine (or the container) is with everything but encodes, looked at every 100 ms at
 * the most.
 *
 * <p>Threading: any thread.
 */
final class MachineLoad {

    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    // CPU time that encodes reported; single additions from their threads.
    private final AtomicLong encodeCpuNs = new AtomicLong();
    // The rest: only under the lock of this object.
    private long lookedNs = System.nanoTime();
    private long encodeCpuThenNs;
    private double others;

    /** An encode used so much CPU since it last said so. */
    void encoded(long cpuNs) {
        encodeCpuNs.addAndGet(cpuNs);
    }

    /** Share of all cores that others than encodes use, 0 to 1; 0 where nobody tells. */
    synchronized double others() {
        long nowNs = System.nanoTime();
        long passedNs = nowNs - lookedNs;
        if (passedNs >= LOOK_EVERY_NS) {
            long cpuNs = encodeCpuNs.get();
            double cores = Runtime.getRuntime().availableProcessors();
            double ours = (cpuNs - encodeCpuThenNs) / (passedNs * cores);
            // negative or not a number where the system does not say
            double all = Math.max(0, system.getCpuLoad());
            others = Double.isNaN(all) ? 0 : Math.max(0, Math.min(1, all - ours));
            lookedNs = nowNs;
            encodeCpuThenNs = cpuNs;
        }
        return others;
    }
}
