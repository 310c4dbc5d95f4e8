package io.penstock.perf.report;

import io.penstock.gateway.terminal.TextTable;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Prints a report for people. */
public final class TableReport {
    private static final List<Metric> COLUMNS =
            List.of(
                    Metric.MB_PER_S,
                    Metric.RECORDS_PER_S,
                    Metric.REQUESTS_PER_S,
                    Metric.CPU_S_PER_GB,
                    Metric.CPU_S_PER_M_RECORDS,
                    Metric.P50_MS,
                    Metric.P99_MS,
                    Metric.P999_MS,
                    Metric.RSS_MB,
                    Metric.CORES,
                    Metric.LOADER_CORES,
                    Metric.FOREIGN_CORES,
                    Metric.REFUSED_PER_S);

    private static final Set<Metric> NOT_COMPARED =
            EnumSet.of(Metric.LOADER_CORES, Metric.FOREIGN_CORES, Metric.REFUSED_PER_S);

    private TableReport() {}

    /** Prints medians, ratios, and the range of the ratios that matter. */
    public static void print(Report report, PrintWriter out) {
        String[] heads = new String[COLUMNS.size() + 2];
        heads[0] = "case";
        heads[1] = "side";
        for (int i = 0; i < COLUMNS.size(); i++) {
            heads[i + 2] = COLUMNS.get(i).title();
        }
        TextTable table = new TextTable(heads);
        for (RunResult run : report.runs()) {
            String label = run.what().label();
            table.row(numbers(label, "gateway", SideNumbers.median(run.gateway())));
            table.row(numbers("", "floor", SideNumbers.median(run.floor())));
            table.row(ratios(run));
        }
        table.print(out);
        out.println();
        for (RunResult run : report.runs()) {
            out.println(summary(run));
        }
        for (RunResult run : report.runs()) {
            syncedToStaged(report, run).ifPresent(out::println);
        }
        for (String failure : report.failures()) {
            out.println("FAILED " + failure);
        }
    }

    private static String[] numbers(String label, String side, SideNumbers numbers) {
        String[] cells = new String[COLUMNS.size() + 2];
        cells[0] = label;
        cells[1] = side;
        for (int i = 0; i < COLUMNS.size(); i++) {
            cells[i + 2] = COLUMNS.get(i).format(numbers.get(COLUMNS.get(i)));
        }
        return cells;
    }

    private static String[] ratios(RunResult run) {
        String[] cells = new String[COLUMNS.size() + 2];
        cells[0] = "";
        cells[1] = "ratio";
        for (int i = 0; i < COLUMNS.size(); i++) {
            boolean compared = !NOT_COMPARED.contains(COLUMNS.get(i));
            cells[i + 2] = compared ? two(run.ratio(COLUMNS.get(i))) : "-";
        }
        return cells;
    }

    private static String summary(RunResult run) {
        double[] throughput = run.roundRatios(Metric.REQUESTS_PER_S);
        double[] cpu = run.roundRatios(Metric.CPU_S_PER_GB);
        int last = throughput.length - 1;
        return String.format(
                Locale.ROOT,
                "%s: throughput %.2f of the floor [%.2f-%.2f], CPU per GB %.2f [%.2f-%.2f], %d rounds",
                run.what().label(),
                run.ratio(Metric.REQUESTS_PER_S),
                throughput[0],
                throughput[last],
                run.ratio(Metric.CPU_S_PER_GB),
                cpu[0],
                cpu[last],
                throughput.length);
    }

    private static Optional<String> syncedToStaged(Report report, RunResult synced) {
        RunCase what = synced.what();
        if (!what.ack().equals("synced")) {
            return Optional.empty();
        }
        RunCase same = new RunCase(what.transport(), what.batch(), "staged", what.sink());
        return report.runs().stream()
                .filter(run -> run.what().equals(same))
                .findFirst()
                .map(staged -> what.label() + ": " + two(quotient(synced, staged)) + " of staged");
    }

    private static double quotient(RunResult above, RunResult below) {
        return SideNumbers.median(above.gateway()).get(Metric.MB_PER_S)
                / SideNumbers.median(below.gateway()).get(Metric.MB_PER_S);
    }

    private static String two(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
