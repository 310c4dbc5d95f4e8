package io.penstock.gateway.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/** What every process of this kind can say of itself. Threading: any thread. */
public final class JvmCollector implements Collector {
    private static final Path STATUS = Path.of("/proc/self/statm");

    /** Linux counts resident memory in pages; 4 KiB on every platform we run on. */
    private static final long PAGE_BYTES = 4096;

    @Override
    public void collect(PrometheusText page) {
        memory(page);
        page.family(Metric.JVM_GC_SECONDS);
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            page.sample(Metric.JVM_GC_SECONDS, gc.getCollectionTime() / 1e3, gc.getName());
        }
        page.family(Metric.JVM_GC_COLLECTIONS);
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            page.sample(Metric.JVM_GC_COLLECTIONS, gc.getCollectionCount(), gc.getName());
        }
        page.single(Metric.JVM_THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
        page.single(
                Metric.PROCESS_START, ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os) {
            page.single(Metric.PROCESS_CPU, os.getProcessCpuTime() / 1e9);
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            page.single(Metric.PROCESS_FILES, os.getOpenFileDescriptorCount());
        }
    }

    private static void memory(PrometheusText page) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        page.single(Metric.JVM_HEAP, heap.getUsed());
        page.single(Metric.JVM_HEAP_MAX, heap.getMax());
        page.family(Metric.JVM_BUFFERS);
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            page.sample(Metric.JVM_BUFFERS, pool.getMemoryUsed(), pool.getName());
        }
        page.single(Metric.PROCESS_RESIDENT, residentBytes());
    }

    /** Resident memory of this process, or 0 where the system does not say. */
    public static long residentBytes() {
        try {
            String[] pages = Files.readString(STATUS).split(" ", 3);
            return Long.parseLong(pages[1]) * PAGE_BYTES;
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
