package io.penstock.perf.report;

import io.penstock.perf.load.LoadCounts;
import io.penstock.perf.side.ProcFs;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was measured over one stretch of time on one side.
 *
 * @param seconds length
 * @param counts what was acknowledged in it
 * @param cpu CPU that was used in it
 * @param latencies latencies in nanoseconds, corrected for coordinated omission
 * @param memory the server's memory at its end
 */
public record Window(
        double seconds, LoadCounts counts, CpuUse cpu, Histogram latencies, ProcFs.Memory memory) {

    /** As numbers per unit. Where nothing came through, costs per unit are 0. */
    public SideNumbers numbers() {
        Map<Metric, Double> numbers = new EnumMap<>(Metric.class);
        numbers.put(Metric.MB_PER_S, counts.bytes() / 1e6 / seconds);
        numbers.put(Metric.RECORDS_PER_S, counts.records() / seconds);
        numbers.put(Metric.REQUESTS_PER_S, counts.requests() / seconds);
        numbers.put(Metric.CPU_S_PER_GB, per(cpu.server(), counts.bytes() / 1e9));
        numbers.put(Metric.CPU_S_PER_M_RECORDS, per(cpu.server(), counts.records() / 1e6));
        numbers.put(Metric.P50_MS, latencies.getValueAtPercentile(50) / 1e6);
        numbers.put(Metric.P99_MS, latencies.getValueAtPercentile(99) / 1e6);
        numbers.put(Metric.P999_MS, latencies.getValueAtPercentile(99.9) / 1e6);
        numbers.put(Metric.RSS_MB, memory.rss());
        numbers.put(Metric.PEAK_RSS_MB, memory.peak());
        numbers.put(Metric.ANONYMOUS_MB, memory.anonymous());
        numbers.put(Metric.CORES, cpu.server() / seconds);
        numbers.put(Metric.REFUSED_PER_S, counts.refused() / seconds);
        numbers.put(Metric.LOADER_CORES, cpu.loader() / seconds);
        numbers.put(Metric.FOREIGN_CORES, cpu.others() / seconds);
        return new SideNumbers(numbers);
    }

    private static double per(double cost, double units) {
        return units == 0 ? 0 : cost / units;
    }
}
