package io.penstock.gateway.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.penstock.gateway.catalog.Metric;
import io.penstock.gateway.catalog.NodeMetric;
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
        page.family(NodeMetric.JVM_GC);
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            page.summary(
                    NodeMetric.JVM_GC,
                    gc.getCollectionTime() / 1e3,
                    gc.getCollectionCount(),
                    gc.getName());
        }
        page.single(NodeMetric.JVM_THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
        page.single(
                NodeMetric.PROCESS_START,
                ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os) {
            page.single(NodeMetric.PROCESS_CPU, os.getProcessCpuTime() / 1e9);
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            page.single(NodeMetric.PROCESS_FILES, os.getOpenFileDescriptorCount());
            page.single(NodeMetric.PROCESS_MAX_FILES, os.getMaxFileDescriptorCount());
        }
    }

    private static void memory(PrometheusText page) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        areas(page, NodeMetric.JVM_MEMORY_USED, heap.getUsed(), other.getUsed());
        areas(page, NodeMetric.JVM_MEMORY_COMMITTED, heap.getCommitted(), other.getCommitted());
        areas(page, NodeMetric.JVM_MEMORY_MAX, heap.getMax(), other.getMax());
        page.family(NodeMetric.JVM_BUFFERS);
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            page.sample(NodeMetric.JVM_BUFFERS, pool.getMemoryUsed(), pool.getName());
        }
        page.single(NodeMetric.PROCESS_RESIDENT, residentBytes());
    }

    private static void areas(PrometheusText page, Metric metric, long heap, long other) {
        page.family(metric);
        if (heap >= 0) {
            page.sample(metric, heap, "heap");
        }
        if (other >= 0) {
            page.sample(metric, other, "nonheap");
        }
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
