package io.penstock.gateway.planning;

import com.sun.management.OperatingSystemMXBean;
import io.penstock.cluster.machine.MachineProbe;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.boot.Gateway;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures what a core carries: a node of its own in a temporary directory, on loopback, with one
 * export to {@code blackhole}, pushed through its data port over HTTP/1.1 by one thread, whose CPU
 * time does not count. The first part warms up and is left out; the rest is cut into slices, of
 * which the middle half is told as the range.
 *
 * <p>Threading: confined to one thread; blocks for {@code warmMs + slices x sliceMs} and the start.
 */
final class Calibration {
    /** Busier than this and it is refused: it would measure the others, and disturb them. */
    static final double MOST_BUSY = 0.3;

    /** About six seconds. */
    static final Plan USUAL = new Plan(2_500, 10, 300, MOST_BUSY);

    private static final long LOOK_MS = 500;
    private static final long WAIT_S = 20;
    private static final int RECORDS = 500;

    /**
     * How long.
     *
     * @param warmMs what is left out first
     * @param slices how many are measured
     * @param sliceMs length of each
     * @param mostBusy part of the machine that others may use
     */
    record Plan(long warmMs, int slices, long sliceMs, double mostBusy) {}

    private record Mark(long records, long cpuNs) {}

    private Calibration() {}

    /** Runs it: {@code {"says":...}}, or {@code {"refused":...}} where the machine is busy. */
    static JsonObject run(Plan plan) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        MachineProbe probe = new MachineProbe(Path.of("/proc"), cores);
        probe.sample(System.nanoTime(), 0);
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        double busy = probe.sample(System.nanoTime(), 0).busyCores() / cores;
        if (busy > plan.mostBusy()) {
            return new JsonObject()
                    .put(
                            "refused",
                            String.format(
                                    Locale.ROOT,
                                    "the machine is busy (%.0f %% of its cores): a measurement now"
                                            + " would be wrong and in the way; try when it is idle",
                                    busy * 100));
        }
        Path directory = Files.createTempDirectory("penstock-capacity");
        Gateway gateway = scratch(directory);
        try {
            await(gateway.start());
            return measured(plan, gateway.dataPort());
        } finally {
            await(gateway.stop());
            delete(directory);
        }
    }

    private static Gateway scratch(Path directory) throws ConfigException {
        ConfigLoader loader =
                new ConfigLoader(SinkRegistry.onClassPath(), Map.<String, String>of()::get);
        String yaml =
                """
                node: {id: calibration, data_dir: '%s', stop_deadline_ms: 5s}
                ingress: {host: 127.0.0.1, port: 0}
                admin: {port: 0}
                report: {daily_at: ''}
                repos: {exports: [{name: none, sink: {type: blackhole}}]}
                """
                        .formatted(directory);
        return new Gateway(loader.parse("calibration", yaml), loader);
    }

    private static JsonObject measured(Plan plan, int port) throws IOException {
        List<Double> perCore = new ArrayList<>();
        double bytesPerRecord;
        try (RawPush push = new RawPush(port, RECORDS)) {
            bytesPerRecord = (double) push.bodyBytes() / RECORDS;
            push.until(System.nanoTime() + plan.warmMs() * 1_000_000);
            for (int i = 0; i < plan.slices(); i++) {
                Mark before = mark(push);
                push.until(System.nanoTime() + plan.sliceMs() * 1_000_000);
                Mark after = mark(push);
                double cpuS = (after.cpuNs - before.cpuNs) / 1e9;
                if (cpuS > 0) {
                    perCore.add((after.records - before.records) / cpuS);
                }
            }
        }
        perCore.sort(Comparator.naturalOrder());
        double middle = perCore.get(perCore.size() / 2);
        double low = perCore.get(perCore.size() / 4);
        double high = perCore.get(perCore.size() * 3 / 4);
        return new JsonObject()
                .put("records_per_core_s", middle)
                .put("records_per_core_s_low", low)
                .put("records_per_core_s_high", high)
                .put("bytes_per_record", bytesPerRecord)
                .put("slices", perCore.size())
                .put(
                        "says",
                        String.format(
                                Locale.ROOT,
                                "A core carries %,.0f records/s of %.0f bytes here (middle half of"
                                        + " %d slices: %,.0f to %,.0f), JSON over HTTP/1.1 to a sink"
                                        + " that drops them: an upper bound, since real sinks cost"
                                        + " more; the CPU time of whoever pushed does not count",
                                middle,
                                bytesPerRecord,
                                perCore.size(),
                                low,
                                high));
    }

    private static Mark mark(RawPush push) {
        long process =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getProcessCpuTime();
        long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return new Mark(push.records(), process - own);
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
