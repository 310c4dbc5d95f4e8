package io.penstock.perf.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the kernel counts for a process. Where there is no /proc, CPU is what Java knows of it. */
public final class ProcFs {
    /** Clock ticks of /proc per second; USER_HZ is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_S = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;

    private ProcFs() {}

    /**
     * Memory of a process in MB of a million bytes; 0 where it is not known.
     *
     * @param rss resident now, with the pages of mapped files
     * @param peak the most that was ever resident
     * @param anonymous resident now without mapped files: heap, buffers, stacks
     */
    public record Memory(double rss, double peak, double anonymous) {}

    /** CPU seconds that a live process has used so far, in user mode and in the kernel. */
    public static double cpuSeconds(ProcessHandle process) throws IOException {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (!Files.isReadable(stat)) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
        }
        String line = Files.readString(stat);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_S;
    }

    /** CPU seconds that the whole machine has been busy; 0 where it is not known. */
    public static double machineSeconds() throws IOException {
        Path stat = Path.of("/proc/stat");
        if (!Files.isReadable(stat)) {
            return 0;
        }
        String all = Files.readAllLines(stat).get(0).replaceFirst("cpu +", "");
        String[] fields = all.split(" ", -1);
        double ticks = 0;
        for (int i = 0; i < STEAL; i++) {
            ticks += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_S;
    }

    /** Memory of a live process. */
    public static Memory memory(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return new Memory(0, 0, 0);
        }
        String text = Files.readString(status);
        return new Memory(mb(text, "VmRSS:"), mb(text, "VmHWM:"), mb(text, "RssAnon:"));
    }

    private static double mb(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
                .findFirst()
                .orElse(0);
    }
}
