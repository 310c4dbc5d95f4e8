package io.penstock.gateway.report;

import io.penstock.gateway.report.Page.Plot;
import io.penstock.gateway.report.Page.Section;
import java.util.List;

/**
 * A report as one HTML file: no script, nothing fetched, light and dark as the reader's system is,
 * and light on paper. Mail programs that show no SVG show the tables, which have every number.
 */
final class HtmlForm {
    /** Of the lines of a plot, where the style sheet is not read. */
    static final List<String> COLOURS = List.of("#0b5bd3", "#b4530a", "#8a94a0", "#8a94a0");

    private static final String STYLE =
            """
            body{margin:0;background:#f6f7f9;color:#1b2128;font:14px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
            main{max-width:900px;margin:0 auto;padding:20px 16px}
            h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:26px 0 4px}h3{font-size:13px;margin:12px 0 2px}
            p{margin:4px 0;color:#57606a}
            table{border-collapse:collapse;width:100%;margin:8px 0;background:#fff;font-variant-numeric:tabular-nums}
            th,td{text-align:left;padding:5px 8px;border:1px solid #d9dee4;vertical-align:top;overflow-wrap:break-word}
            th{font-weight:600;color:#57606a;overflow-wrap:normal}td:first-child{min-width:9em}td:last-child:not(.n){min-width:11em}td.n,th.n{text-align:right}td.n{white-space:nowrap}
            figure{margin:8px 0;padding:8px 10px;background:#fff;border:1px solid #d9dee4}
            svg{width:100%;height:auto;display:block;font-size:11px}svg text{fill:#57606a}
            .k{font-size:12px;color:#57606a;margin-right:12px;white-space:nowrap}.k b{display:inline-block;width:14px;height:3px;margin-right:5px;vertical-align:middle}
            .k0 b{background:#0b5bd3}.k1 b{background:#b4530a}.k2 b,.k3 b{background:#8a94a0}
            .scroll{overflow-x:auto}
            @media (prefers-color-scheme: dark){body{background:#0e1116;color:#e6eaef}p,th,.k,svg text{color:#9aa5b1;fill:#9aa5b1}
            table,figure{background:#161b22}th,td,figure{border-color:#2b323b}.grid{stroke:#2b323b}
            .c0{stroke:#6cb0ff}.c1{stroke:#f0a35e}.k0 b{background:#6cb0ff}.k1 b{background:#f0a35e}}
            @media (max-width:600px){th,td{padding:4px 5px;font-size:12px}svg{font-size:19px}}
            @media print{body{background:#fff;color:#000}main{max-width:none;padding:0}h2{break-after:avoid}tr,figure{break-inside:avoid}}
            """;

    private final Page page;
    private final StringBuilder text = new StringBuilder(32 << 10);

    private HtmlForm(Page page) {
        this.page = page;
    }

    static String of(Page page) {
        HtmlForm form = new HtmlForm(page);
        form.write();
        return form.text.toString();
    }

    static String escaped(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void write() {
        text.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(escaped(page.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(escaped(page.title()))
                .append("</h1>\n<p>")
                .append(escaped(page.intro()))
                .append("</p>\n");
        page.sections().forEach(this::section);
        text.append("</main>\n</body>\n</html>\n");
    }

    private void section(Section section) {
        text.append("<h2>").append(escaped(section.title())).append("</h2>\n");
        if (!section.note().isEmpty()) {
            text.append("<p>").append(escaped(section.note())).append("</p>\n");
        }
        section.plots().forEach(this::plot);
        if (section.rows().isEmpty()) {
            return;
        }
        boolean[] numbers = Columns.numbers(section);
        text.append("<div class=\"scroll\"><table>\n<thead><tr>");
        cells("th", section.heads(), numbers);
        text.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : section.rows()) {
            text.append("<tr>");
            cells("td", row, numbers);
            text.append("</tr>\n");
        }
        text.append("</tbody>\n</table></div>\n");
    }

    private void cells(String tag, List<String> cells, boolean[] numbers) {
        for (int i = 0; i < cells.size(); i++) {
            text.append('<').append(tag).append(numbers[i] ? " class=\"n\">" : ">");
            text.append(escaped(cells.get(i))).append("</").append(tag).append('>');
        }
    }

    private void plot(Plot plot) {
        text.append("<figure><h3>").append(escaped(plot.title())).append("</h3>\n<div>");
        for (int i = 0; i < plot.lines().size(); i++) {
            text.append("<span class=\"k k").append(i).append("\"><b></b>");
            text.append(escaped(plot.lines().get(i).name())).append("</span>");
        }
        text.append("</div>\n").append(SvgPlot.of(plot, page.zone())).append("</figure>\n");
    }
}
