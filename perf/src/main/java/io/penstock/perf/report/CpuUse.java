package io.penstock.perf.report;

import io.penstock.perf.side.ProcFs;
import java.io.IOException;

/**
 * CPU seconds used so far, or between two looks.
 *
 * @param server by the server
 * @param loader by this process
 * @param machine by everything on the machine; 0 where it is not known
 */
public record CpuUse(double server, double loader, double machine) {
    /** A look at the clocks of the kernel. */
    public static CpuUse now(ProcessHandle server) throws IOException {
        return new CpuUse(
                ProcFs.cpuSeconds(server),
                ProcFs.cpuSeconds(ProcessHandle.current()),
                ProcFs.machineSeconds());
    }

    /** What was used since an earlier look. */
    public CpuUse since(CpuUse earlier) {
        return new CpuUse(
                server - earlier.server, loader - earlier.loader, machine - earlier.machine);
    }

    /**
     * By neither server nor loader: above a tenth of a core the numbers are of a shared machine.
     */
    public double others() {
        return Math.max(0, machine - server - loader);
    }
}
