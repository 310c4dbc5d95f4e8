package io.penstock.gateway.history;

import io.penstock.gateway.history.LongGauge.Owner;
import io.penstock.gateway.history.Tallies.Counted;
import java.nio.file.Path;
import java.util.Arrays;

/** Days that a node remembers though it never lived them. */
public final class SeededHistory {
    /** Cores that an idle node takes. */
    public static final double IDLE_CORES = 0.05;

    /** Records a second that a core carries. */
    public static final double PER_CORE = 50_000;

    private SeededHistory() {}

    /** The directory of a node's history. */
    public static Path of(Path dataDirectory) {
        return dataDirectory.resolve("history");
    }

    /**
     * Writes so many days until now: a load that rises by a fiftieth of the cores a day, highest at
     * noon; a repo "web" with an export "out", late for half an hour each day.
     */
    public static void write(Path dataDirectory, int days, long nowMs, double cores)
            throws Exception {
        Archive archive = new Archive(of(dataDirectory));
        archive.open();
        long first = nowMs / Archive.STEP_MS - days * 288L;
        for (long slot = first; slot < nowMs / Archive.STEP_MS; slot++) {
            double day = (slot - first) / 288.0;
            double hour = slot % 288 / 12.0;
            double used =
                    cores * (0.15 + 0.02 * day + 0.1 * Math.sin(2 * Math.PI * (hour - 6) / 24));
            // whole for two days, a fifth before: it is to be quick
            boolean whole = slot >= nowMs / Archive.STEP_MS - 2 * 288;
            long stepMs = whole ? 5_000 : 25_000;
            for (long at = 0; at < Archive.STEP_MS; at += stepMs) {
                archive.round(slot * Archive.STEP_MS + at, 5);
                cell(archive, used, hour);
            }
        }
        archive.tallies().add(new Counted(Tallies.START, "", "", "start"), 2);
        archive.tallies().add(new Counted(Tallies.FAILURE, "web", "out", "answers 503 <busy>"), 41);
        archive.tallies().add(new Counted(Tallies.REFUSAL, "", "", "full"), 7);
        archive.tallies().add(new Counted(Tallies.TENANT_BYTES, "acme", "", "bytes"), 5L << 30);
        archive.close();
    }

    private static void cell(Archive archive, double used, double hour) {
        double rate = Math.max(0, used - IDLE_CORES) * PER_CORE;
        double[] node = new double[Owner.NODE.gauges().size()];
        Arrays.fill(node, 0);
        node[LongGauge.ACCEPTED.index()] = rate;
        node[LongGauge.ACCEPTED_BYTES.index()] = rate * 200;
        node[LongGauge.DELIVERED.index()] = rate;
        node[LongGauge.PROCESS_CORES.index()] = used;
        node[LongGauge.MACHINE_CORES.index()] = used;
        node[LongGauge.OLDEST_AGE.index()] = hour >= 13 && hour < 13.5 ? 90_000 : 400;
        archive.add("", "", node, true);
        archive.add("web", "", new double[] {rate, rate * 220}, true);
        double[] export = new double[Owner.EXPORT.gauges().size()];
        boolean late = hour >= 13 && hour < 13.5;
        export[LongGauge.EXPORT_DELIVERED.index()] = rate;
        export[LongGauge.EXPORT_AGE.index()] = late ? 90_000 : 400;
        export[LongGauge.AGE_100_MS.index() + LongGauge.ageClass(late ? 90_000 : 400)] = 5;
        export[LongGauge.EXPORT_FAILURES.index()] = late ? 1 : 0;
        archive.add("web", "out", export, true);
        archive.rounded();
    }
}
