package io.penstock.gateway.history;

import io.penstock.cluster.member.MachineUse;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.stage.IntakeCounters;
import io.penstock.exporter.stage.RefusalKind;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.history.LongGauge.Owner;
import io.penstock.gateway.history.Tallies.Counted;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts rounds into the long memory, and counts what was said.
 *
 * <p>Threading: one round at a time.
 */
final class LongSampler {
    /** Older than this, and all deliveries taken: the target is what holds it up. */
    private static final long HELD_UP_MS = 1_000;

    private final StageRegistry stages;
    private final Archive archive;
    private final MachineLook machine;
    private Map<String, long[]> lastExports = Map.of();
    private long[] lastRefusals = new long[0];

    LongSampler(StageRegistry stages, Archive archive, MachineLook machine) {
        this.stages = stages;
        this.archive = archive;
        this.machine = machine;
    }

    /** One round, which stands for so many seconds. */
    void take(Round round, double seconds, long nowNs, List<ExportStats> exports) {
        archive.round(round.timeMs(), seconds);
        boolean full = false;
        Map<String, long[]> counts = new HashMap<>();
        for (ExportStats stats : exports) {
            full |= isFull(stats);
            export(stats, round.perSecond(), counts);
        }
        lastExports = counts;
        round.perSecond()
                .forEach(
                        (key, moved) -> {
                            if (key.endsWith("/")) {
                                String repo = key.substring(0, key.length() - 1);
                                archive.add(repo, "", moved, moved[0] > 0);
                            }
                        });
        archive.add("", "", node(round.node(), full, nowNs), true);
        refusals();
        archive.rounded();
    }

    private static boolean isFull(ExportStats stats) {
        int limit = stats.pressure().concurrencyLimit();
        return limit > 0 && stats.inFlight() >= limit && stats.oldestAgeMs() > HELD_UP_MS;
    }

    private void export(
            ExportStats stats, Map<String, double[]> perSecond, Map<String, long[]> counts) {
        String repo = stats.repo().value();
        String key = repo + "/" + stats.export();
        long[] now = {stats.failures(), stats.deadLetteredRecords(), stats.droppedRecords()};
        long[] before = lastExports.getOrDefault(key, now);
        counts.put(key, now);
        double[] moved = perSecond.getOrDefault(key, new double[3]);
        double[] values = new double[Owner.EXPORT.gauges().size()];
        values[LongGauge.EXPORT_DELIVERED.index()] = moved[0];
        values[LongGauge.EXPORT_FAILURES.index()] = moved[2];
        values[LongGauge.EXPORT_LAG_RECORDS.index()] = stats.lagRecords();
        values[LongGauge.EXPORT_LAG_BYTES.index()] = stats.lagBytes();
        values[LongGauge.EXPORT_AGE.index()] = stats.oldestAgeMs();
        values[LongGauge.EXPORT_IN_FLIGHT.index()] = stats.inFlight();
        values[LongGauge.EXPORT_LIMIT.index()] = stats.pressure().concurrencyLimit();
        // letters that were replayed or dropped do not take back those that came
        values[LongGauge.EXPORT_DEAD.index()] = Math.max(0, now[1] - before[1]);
        values[LongGauge.EXPORT_DROPPED.index()] = Math.max(0, now[2] - before[2]);
        int age = LongGauge.AGE_100_MS.index() + LongGauge.ageClass(stats.oldestAgeMs());
        values[age] = archive.elapsedS();
        boolean busy = moved[0] > 0 || stats.lagRecords() > 0;
        archive.add(repo, stats.export(), values, busy);
        if (now[0] > before[0]) {
            archive.tallies()
                    .add(
                            new Counted(Tallies.FAILURE, repo, stats.export(), stats.lastError()),
                            now[0] - before[0]);
        }
    }

    private double[] node(List<Double> node, boolean full, long nowNs) {
        double[] values = new double[Owner.NODE.gauges().size()];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < node.size(); i++) {
            values[i] = node.get(i);
        }
        values[LongGauge.TARGET_FULL.index()] = full ? 1 : 0;
        if (machine.look(nowNs, stages)) {
            MachineUse use = machine.use();
            values[LongGauge.PROCESS_CORES.index()] = use.processCores();
            values[LongGauge.MACHINE_CORES.index()] = use.busyCores();
            values[LongGauge.MACHINE_CORES_PEAK.index()] = use.busyCores();
            values[LongGauge.NETWORK.index()] = use.networkBytesPerS();
        }
        values[LongGauge.HEAP_LIVE.index()] = machine.heapLiveBytes();
        values[LongGauge.RING_DISK.index()] = machine.ringDiskBytes();
        values[LongGauge.FREE_DISK.index()] = machine.use().freeDiskBytes();
        values[LongGauge.RESIDENT.index()] = machine.use().residentBytes();
        return values;
    }

    private void refusals() {
        IntakeCounters intake = stages.counters();
        RefusalKind[] kinds = RefusalKind.values();
        long[] now = new long[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            now[i] = intake.refusals(kinds[i]);
            long before = i < lastRefusals.length ? lastRefusals[i] : 0;
            String word = kinds[i].name().toLowerCase(Locale.ROOT);
            archive.tallies().add(new Counted(Tallies.REFUSAL, "", "", word), now[i] - before);
        }
        lastRefusals = now;
    }
}
