package io.penstock.perf.report;

import java.util.List;
import java.util.Locale;

/** One metric of all runs as an SVG of pairs of bars. */
final class BarChart {
    private static final int LABEL_WIDTH = 240;
    private static final int BAR_WIDTH = 560;
    private static final int VALUE_WIDTH = 160;
    private static final int BAR_HEIGHT = 12;
    private static final int RUN_HEIGHT = 38;

    private final StringBuilder svg = new StringBuilder();
    private final Metric metric;
    private final double perUnit;

    private BarChart(Metric metric, double largest) {
        this.metric = metric;
        this.perUnit = largest == 0 ? 0 : BAR_WIDTH / largest;
    }

    /** The whole {@code <svg>} element. */
    static String of(List<RunResult> runs, Metric metric) {
        double largest = 0;
        for (RunResult run : runs) {
            largest = Math.max(largest, SideNumbers.most(run.gateway()).get(metric));
            largest = Math.max(largest, SideNumbers.most(run.floor()).get(metric));
        }
        BarChart chart = new BarChart(metric, largest);
        int width = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH;
        chart.add("<svg width=\"%d\" height=\"%d\">", width, runs.size() * RUN_HEIGHT);
        for (int i = 0; i < runs.size(); i++) {
            chart.run(runs.get(i), i * RUN_HEIGHT);
        }
        return chart.svg.append("</svg>").toString();
    }

    private void run(RunResult run, int top) {
        add("<text x=\"0\" y=\"%d\">%s</text>", top + 18, HtmlReport.escape(run.what().label()));
        String ratio = String.format(Locale.ROOT, " (%.2f)", run.ratio(metric));
        bar("gateway", run.gateway(), top + 2, ratio);
        bar("floor", run.floor(), top + 4 + BAR_HEIGHT, "");
    }

    private void bar(String side, List<SideNumbers> rounds, int top, String ratio) {
        double median = SideNumbers.median(rounds).get(metric);
        double least = LABEL_WIDTH + SideNumbers.least(rounds).get(metric) * perUnit;
        double most = LABEL_WIDTH + SideNumbers.most(rounds).get(metric) * perUnit;
        int middle = top + BAR_HEIGHT / 2;
        add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                side, LABEL_WIDTH, top, median * perUnit, BAR_HEIGHT);
        add(
                "<line class=\"range\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
                least, middle, most, middle);
        add(
                "<text x=\"%.1f\" y=\"%d\">%s%s</text>",
                most + 6, top + 10, metric.format(median), ratio);
    }

    private void add(String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
