package io.penstock.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a report as one page without any other file: facts, plots, a table of all numbers. */
public final class HtmlReport {
    private static final List<Metric> PLOTS =
            List.of(
                    Metric.MB_PER_S,
                    Metric.REQUESTS_PER_S,
                    Metric.CPU_S_PER_GB,
                    Metric.CPU_S_PER_M_RECORDS,
                    Metric.P50_MS,
                    Metric.P99_MS,
                    Metric.P999_MS,
                    Metric.RSS_MB);

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Penstock against its floor</title>
            <style>
            body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; color: #222 }
            h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums }
            th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #ddd }
            th:first-child, td:first-child, .facts td { text-align: left }
            svg text { font: 12px system-ui, sans-serif }
            .gateway { fill: #1a6e8e } .floor { fill: #b9c4c9 } .range { stroke: #222; stroke-width: 1.5 }
            </style></head><body>
            <h1>Penstock against its floor</h1>
            <p>The floor is a server that speaks the same protocol, takes the same batches, drops them and answers.
            Bars are medians, lines the range of the rounds. MB are 10<sup>6</sup> bytes of batches.</p>
            """;

    private HtmlReport() {}

    /** Writes the file anew. */
    public static void write(Report report, Path file) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<p><svg width=\"300\" height=\"16\">");
        page.append(
                "<rect class=\"gateway\" width=\"14\" height=\"14\"/><text x=\"20\" y=\"12\">gateway</text>");
        page.append("<rect class=\"floor\" x=\"100\" width=\"14\" height=\"14\"/>");
        page.append("<text x=\"120\" y=\"12\">floor</text></svg></p>\n");
        for (Metric metric : PLOTS) {
            page.append("<h2>").append(metric.title()).append("</h2>\n");
            page.append(BarChart.of(report.runs(), metric)).append('\n');
        }
        table(page, report.runs());
        for (String failure : report.failures()) {
            page.append("<p><b>Failed:</b> ").append(escape(failure)).append("</p>\n");
        }
        page.append("<h2>How</h2>\n<table class=\"facts\">\n");
        for (Map.Entry<String, Object> fact : report.host().facts().entrySet()) {
            page.append("<tr><td>").append(escape(fact.getKey())).append("</td><td>");
            page.append(escape(fact.getValue().toString())).append("</td></tr>\n");
        }
        page.append("</table>\n</body></html>\n");
        Files.writeString(file, page);
    }

    private static void table(StringBuilder page, List<RunResult> runs) {
        page.append("<h2>Numbers</h2>\n<table>\n<tr><th>case</th><th>side</th>");
        for (Metric metric : Metric.values()) {
            page.append("<th>").append(metric.title()).append("</th>");
        }
        page.append("</tr>\n");
        for (RunResult run : runs) {
            row(page, run.what().label(), "gateway", SideNumbers.median(run.gateway()));
            row(page, "", "floor", SideNumbers.median(run.floor()));
        }
        page.append("</table>\n");
    }

    private static void row(StringBuilder page, String label, String side, SideNumbers numbers) {
        page.append("<tr><td>").append(escape(label)).append("</td><td>").append(side);
        for (Metric metric : Metric.values()) {
            page.append("</td><td>").append(metric.format(numbers.get(metric)));
        }
        page.append("</td></tr>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
