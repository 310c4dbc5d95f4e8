package io.penstock.cluster.machine;

import io.penstock.cluster.member.MachineUse;
import java.nio.file.Path;

/**
 * Looks at the machine, again and again.
 *
 * <p>Threading: confined to one thread; blocks for the reads of six small files.
 */
public final class MachineProbe {
    /** Ticks per second that Linux counts in, on every architecture that Java runs on. */
    private static final double TICKS_PER_S = 100;

    private final ProcFiles files;
    private final int cores;
    private Sample last = new Sample(0, new ProcFiles.Cpu(0, 0), 0, 0, 0);
    private boolean first = true;

    /** What was counted at a moment. */
    private record Sample(
            long nowNs, ProcFiles.Cpu cpu, long processTicks, long networkBytes, long diskBytes) {}

    /**
     * A probe.
     *
     * @param proc {@code /proc}
     * @param cores of the machine
     */
    public MachineProbe(Path proc, int cores) {
        this.files = new ProcFiles(proc);
        this.cores = cores;
    }

    /**
     * How the machine is doing; rates since the call before, 0 at the first.
     *
     * @param nowNs monotonic time
     * @param freeDiskBytes free where the node keeps its data
     */
    public MachineUse sample(long nowNs, long freeDiskBytes) {
        Sample now =
                new Sample(
                        nowNs,
                        files.cpu(),
                        files.processTicks(),
                        files.networkBytes(),
                        files.diskBytes());
        Sample before = first ? now : last;
        first = false;
        last = now;
        double seconds = (now.nowNs - before.nowNs) / 1e9;
        long ticks = now.cpu.all() - before.cpu.all();
        double busy = ticks <= 0 ? 0 : (double) (now.cpu.busy() - before.cpu.busy()) / ticks;
        return new MachineUse(
                Math.max(0, busy * cores),
                perSecond(now.processTicks - before.processTicks, seconds) / TICKS_PER_S,
                files.bytes("meminfo", "MemTotal:"),
                files.bytes("meminfo", "MemAvailable:"),
                files.bytes("self/status", "VmRSS:"),
                (long) perSecond(now.networkBytes - before.networkBytes, seconds),
                (long) perSecond(now.diskBytes - before.diskBytes, seconds),
                freeDiskBytes);
    }

    /** A counter that went back was reset; an interface that is gone takes its bytes with it. */
    private static double perSecond(long difference, double seconds) {
        return seconds <= 0 ? 0 : Math.max(0, difference / seconds);
    }
}
