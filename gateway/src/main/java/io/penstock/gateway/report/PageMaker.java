package io.penstock.gateway.report;

import io.penstock.gateway.history.Archive;
import io.penstock.gateway.history.Cell;
import io.penstock.gateway.history.LongGauge;
import io.penstock.gateway.history.Tallies;
import io.penstock.gateway.history.Tallies.Counted;
import io.penstock.gateway.report.Page.Line;
import io.penstock.gateway.report.Page.Plot;
import io.penstock.gateway.report.Page.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Makes the sections that come from this node's own memory.
 *
 * <p>Threading: confined to one thread; blocks.
 */
final class PageMaker {
    /** Rows of a table. */
    static final int MOST_ROWS = 20;

    private static final int POINTS = 160;

    private final Archive archive;
    private final Period period;
    private final List<Cell> now;
    private final List<Cell> before;
    private final Map<Counted, Long> tallies;
    private final Map<Counted, Long> talliesBefore;

    /** One that has read what it needs of the node. */
    PageMaker(Archive archive, Period period, long nowMs) throws IOException {
        this.archive = archive;
        this.period = period;
        Period was = period.before();
        this.now = archive.read("", "", period.fromMs(), period.toMs());
        this.before = archive.read("", "", was.fromMs(), was.toMs());
        this.tallies = archive.tallies().read(period.fromMs(), period.toMs(), nowMs);
        this.talliesBefore = archive.tallies().read(was.fromMs(), was.toMs(), nowMs);
    }

    private static double sum(List<Cell> cells, LongGauge perSecond) {
        return cells.stream()
                .mapToDouble(cell -> perSecond.of(cell) * cell.seconds())
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    private static double added(List<Cell> cells, LongGauge gauge) {
        return cells.stream().mapToDouble(gauge::of).filter(v -> !Double.isNaN(v)).sum();
    }

    private static double most(List<Cell> cells, LongGauge gauge) {
        return cells.stream().mapToDouble(gauge::of).filter(v -> !Double.isNaN(v)).max().orElse(0);
    }

    private static double mean(List<Cell> cells, LongGauge gauge) {
        double seconds = cells.stream().mapToDouble(Cell::seconds).sum();
        return seconds <= 0 ? 0 : sum(cells, gauge) / seconds;
    }

    private static double seconds(List<Cell> cells) {
        return cells.stream().mapToDouble(Cell::seconds).sum();
    }

    /** Whether anything is known of the time before. */
    boolean compares() {
        return !before.isEmpty();
    }

    Section summary() {
        List<List<String>> rows = new ArrayList<>();
        counts("Records accepted", LongGauge.ACCEPTED, rows);
        double bytes = sum(now, LongGauge.ACCEPTED_BYTES);
        double bytesBefore = sum(before, LongGauge.ACCEPTED_BYTES);
        rows.add(
                row(
                        "Bytes accepted",
                        Words.bytes(bytes),
                        Words.bytes(bytesBefore),
                        bytes,
                        bytesBefore));
        counts("Records delivered, all exports", LongGauge.DELIVERED, rows);
        counts("Batches refused", LongGauge.REFUSED, rows);
        double age = most(now, LongGauge.OLDEST_AGE);
        double ageBefore = most(before, LongGauge.OLDEST_AGE);
        rows.add(
                row(
                        "Oldest record, at most",
                        Words.age(age),
                        Words.age(ageBefore),
                        age,
                        ageBefore));
        double lag = most(now, LongGauge.LAG_RECORDS);
        double lagBefore = most(before, LongGauge.LAG_RECORDS);
        rows.add(
                row(
                        "Records waiting, at most",
                        Words.count(lag),
                        Words.count(lagBefore),
                        lag,
                        lagBefore));
        double cores = mean(now, LongGauge.PROCESS_CORES);
        double coresBefore = mean(before, LongGauge.PROCESS_CORES);
        rows.add(
                row(
                        "Cores used by the process",
                        Words.cores(cores),
                        Words.cores(coresBefore),
                        cores,
                        coresBefore));
        rows.add(up());
        String note =
                compares()
                        ? "Compared with the same length of time just before."
                        : "Nothing is known of the time before, so nothing is compared.";
        return new Section(
                "Summary", note, plots(), List.of("", "this time", "before", "change"), rows);
    }

    private void counts(String name, LongGauge gauge, List<List<String>> rows) {
        double value = sum(now, gauge);
        double was = sum(before, gauge);
        rows.add(row(name, Words.count(value), Words.count(was), value, was));
    }

    private List<String> row(String name, String value, String was, double a, double b) {
        return compares()
                ? List.of(name, value, was, Words.change(a, b))
                : List.of(name, value, "-", "-");
    }

    /** Seconds that were watched, and how often the process started. */
    private List<String> up() {
        Counted start = new Counted(Tallies.START, "", "", "start");
        double part = seconds(now) * 1_000 / (period.toMs() - period.fromMs());
        double was = seconds(before) * 1_000 / (period.toMs() - period.fromMs());
        long starts = tallies.getOrDefault(start, 0L);
        return List.of(
                "Time up (" + starts + (starts == 1 ? " start)" : " starts)"),
                Words.percent(Math.min(1, part)),
                compares() ? Words.percent(Math.min(1, was)) : "-",
                compares() ? Words.change(part, was) : "-");
    }

    private List<Plot> plots() {
        return List.of(
                plot(
                        "Records a second",
                        "",
                        List.of("accepted", "delivered"),
                        LongGauge.ACCEPTED,
                        LongGauge.DELIVERED),
                plot("Age of the oldest record", "ms", List.of("oldest"), LongGauge.OLDEST_AGE),
                plot(
                        "CPU",
                        "cores",
                        List.of("process", "machine"),
                        LongGauge.PROCESS_CORES,
                        LongGauge.MACHINE_CORES));
    }

    private Plot plot(String title, String unit, List<String> names, LongGauge... gauges) {
        long steps = (period.toMs() - period.fromMs()) / Archive.STEP_MS;
        int width = (int) Math.max(1, steps / POINTS);
        long stepMs = width * Archive.STEP_MS;
        int length = (int) Math.max(2, (period.toMs() - period.fromMs()) / stepMs);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < gauges.length; i++) {
            Double[] values = new Double[length];
            Arrays.fill(values, Double.NaN);
            for (Cell cell : now) {
                int at = (int) ((cell.startMs() - period.fromMs()) / stepMs);
                double value = gauges[i].of(cell);
                if (at >= 0 && at < length && !Double.isNaN(value)) {
                    values[at] = values[at].isNaN() ? value : Math.max(values[at], value);
                }
            }
            lines.add(new Line(names.get(i), List.of(values)));
        }
        return new Plot(title, unit, period.fromMs(), stepMs, lines);
    }

    /** Delays by export, worst first. */
    Section delays() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<Ranked> ranked = new ArrayList<>();
        for (List<String> name : archive.names()) {
            if (!name.get(1).isEmpty()) {
                ranked.add(ranked(name.get(0), name.get(1)));
            }
        }
        ranked.stream()
                .filter(each -> each.seconds > 0)
                .sorted(Comparator.comparingDouble(each -> -each.rank))
                .limit(MOST_ROWS)
                .forEach(each -> rows.add(each.row));
        String note =
                rows.isEmpty()
                        ? "No export was busy."
                        : "Age of the oldest record that was not settled, looked at every second: half"
                                + " of the time it was below p50. Quantiles are right to their class"
                                + " of ages (docs/reports.md), the largest is exact.";
        return new Section(
                "Delays",
                note,
                List.of(),
                List.of(
                        "export",
                        "p50",
                        "p95",
                        "max",
                        "over 1 min",
                        "over 1 min before",
                        "delivered",
                        "failures",
                        "dead letters",
                        "dropped"),
                rows);
    }

    private record Ranked(double rank, double seconds, List<String> row) {}

    private Ranked ranked(String repo, String export) throws IOException {
        Period was = period.before();
        List<Cell> cells = archive.read(repo, export, period.fromMs(), period.toMs());
        Ages ages = new Ages(cells);
        Ages agesBefore = new Ages(archive.read(repo, export, was.fromMs(), was.toMs()));
        return new Ranked(
                ages.maxMs(),
                seconds(cells),
                List.of(
                        repo + "/" + export,
                        Words.age(ages.quantileMs(0.5)),
                        Words.age(ages.quantileMs(0.95)),
                        Words.age(ages.maxMs()),
                        Words.age(ages.overMinuteS() * 1_000),
                        compares() ? Words.age(agesBefore.overMinuteS() * 1_000) : "-",
                        Words.count(sum(cells, LongGauge.EXPORT_DELIVERED)),
                        Words.count(sum(cells, LongGauge.EXPORT_FAILURES)),
                        Words.count(added(cells, LongGauge.EXPORT_DEAD)),
                        Words.count(added(cells, LongGauge.EXPORT_DROPPED))));
    }

    Section errors() {
        List<List<String>> rows = new ArrayList<>();
        largest(Tallies.FAILURE)
                .forEach(
                        each ->
                                rows.add(
                                        List.of(
                                                each.getKey().repo() + "/" + each.getKey().export(),
                                                Words.count((double) each.getValue()),
                                                before(each.getKey()),
                                                each.getKey().what())));
        return new Section(
                "Errors, and what they said",
                rows.isEmpty()
                        ? "No delivery failed."
                        : "Attempts that failed, by their last words.",
                List.of(),
                List.of("export", "attempts", "before", "said"),
                rows);
    }

    Section refusals() {
        List<List<String>> rows = new ArrayList<>();
        for (String kind : List.of(Tallies.REFUSAL, Tallies.TENANT_REFUSAL)) {
            largest(kind)
                    .forEach(
                            each ->
                                    rows.add(
                                            List.of(
                                                    kind.equals(Tallies.REFUSAL)
                                                            ? "(node)"
                                                            : each.getKey().repo(),
                                                    each.getKey().what(),
                                                    Words.count((double) each.getValue()),
                                                    before(each.getKey()))));
        }
        return new Section(
                "Refusals",
                rows.isEmpty()
                        ? "Nothing was refused."
                        : "Batches that were not taken, and limits of tenants that were in the way.",
                List.of(),
                List.of("of", "why", "times", "before"),
                rows);
    }

    private String before(Counted key) {
        return compares() ? Words.count((double) talliesBefore.getOrDefault(key, 0L)) : "-";
    }

    private List<Map.Entry<Counted, Long>> largest(String kind) {
        return tallies.entrySet().stream()
                .filter(each -> each.getKey().kind().equals(kind))
                .sorted(Map.Entry.<Counted, Long>comparingByValue().reversed())
                .limit(MOST_ROWS)
                .toList();
    }

    Section busiest() throws IOException {
        List<Ranked> ranked = new ArrayList<>();
        Period was = period.before();
        for (List<String> name : archive.names()) {
            if (name.get(1).isEmpty()) {
                List<Cell> cells = archive.read(name.get(0), "", period.fromMs(), period.toMs());
                double records = sum(cells, LongGauge.REPO_ACCEPTED);
                double earlier =
                        sum(
                                archive.read(name.get(0), "", was.fromMs(), was.toMs()),
                                LongGauge.REPO_ACCEPTED);
                String bytes = Words.bytes(sum(cells, LongGauge.REPO_STAGED_BYTES));
                List<String> row =
                        compares()
                                ? List.of(
                                        name.get(0),
                                        Words.count(records),
                                        bytes,
                                        Words.count(earlier),
                                        Words.change(records, earlier))
                                : List.of(name.get(0), Words.count(records), bytes, "-", "-");
                ranked.add(new Ranked(records, records, row));
            }
        }
        List<List<String>> rows =
                ranked.stream()
                        .filter(each -> each.rank > 0)
                        .sorted(Comparator.comparingDouble(each -> -each.rank))
                        .limit(MOST_ROWS)
                        .map(Ranked::row)
                        .toList();
        return new Section(
                "Busiest repos",
                rows.isEmpty() ? "Nothing was pushed." : "",
                List.of(),
                List.of("repo", "records", "staged", "before", "change"),
                rows);
    }

    Section tenants() {
        List<List<String>> rows = new ArrayList<>();
        largest(Tallies.TENANT_BYTES)
                .forEach(
                        each ->
                                rows.add(
                                        List.of(
                                                each.getKey().repo(),
                                                Words.bytes((double) each.getValue()),
                                                compares()
                                                        ? Words.bytes(
                                                                (double)
                                                                        talliesBefore.getOrDefault(
                                                                                each.getKey(), 0L))
                                                        : "-")));
        return new Section(
                "Busiest tenants",
                rows.isEmpty() ? "No tenant pushed anything." : "",
                List.of(),
                List.of("tenant", "bytes", "before"),
                rows);
    }
}
