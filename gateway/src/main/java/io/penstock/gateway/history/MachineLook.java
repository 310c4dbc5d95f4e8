package io.penstock.gateway.history;

import io.penstock.cluster.machine.MachineProbe;
import io.penstock.cluster.member.MachineUse;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StageState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What of machine and process is in use, looked at now and then.
 *
 * <p>Threading: one look at a time; blocks for a few small files.
 */
final class MachineLook {
    /** Rounds between two looks: CPU is counted in hundredths of a second. */
    static final int EVERY = 10;

    private final MachineProbe probe =
            new MachineProbe(Path.of("/proc"), Runtime.getRuntime().availableProcessors());
    private final Path directory;
    private MachineUse use = MachineUse.UNKNOWN;
    private long heapLiveBytes;
    private long ringDiskBytes;
    private int rounds;

    MachineLook(Path directory) {
        this.directory = directory;
    }

    /** Looks, if it is time; whether rates are known. */
    boolean look(long nowNs, StageRegistry stages) {
        if (rounds++ % EVERY == 0) {
            use = probe.sample(nowNs, freeDiskBytes());
            heapLiveBytes = heapLive();
            ringDiskBytes = ringDisk(stages);
        }
        return rounds > EVERY;
    }

    MachineUse use() {
        return use;
    }

    long heapLiveBytes() {
        return heapLiveBytes;
    }

    long ringDiskBytes() {
        return ringDiskBytes;
    }

    /** Behind the last collection of each pool; one that was never collected counts as it is. */
    private static long heapLive() {
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                MemoryUsage left = pool.getCollectionUsage();
                sum += left == null ? pool.getUsage().getUsed() : left.getUsed();
            }
        }
        return sum;
    }

    private static long ringDisk(StageRegistry stages) {
        long sum = 0;
        for (Stage stage : stages.stages()) {
            if (stage.state() == StageState.ACTIVE) {
                sum += stage.ring().stats().diskBytes();
            }
        }
        return sum;
    }

    private long freeDiskBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException notThere) { // the other values are worth something without it
            return 0;
        }
    }
}
