package io.penstock.gateway.report;

import io.penstock.gateway.report.Page.Line;
import io.penstock.gateway.report.Page.Plot;
import io.penstock.gateway.report.Page.Section;
import java.util.List;

/** A report as Markdown; a plot is a line of its least, mean and largest values. */
final class MarkdownForm {
    private MarkdownForm() {}

    static String of(Page page) {
        StringBuilder text = new StringBuilder(8 << 10);
        text.append("# ").append(inline(page.title()));
        text.append("\n\n").append(inline(page.intro())).append('\n');
        for (Section section : page.sections()) {
            section(section, text);
        }
        return text.toString();
    }

    private static void section(Section section, StringBuilder text) {
        text.append("\n## ").append(inline(section.title())).append('\n');
        if (!section.note().isEmpty()) {
            text.append('\n').append(inline(section.note())).append('\n');
        }
        section.plots().forEach(plot -> plot(plot, text));
        if (section.rows().isEmpty()) {
            return;
        }
        boolean[] numbers = Columns.numbers(section);
        text.append('\n');
        row(section.heads(), text);
        for (boolean number : numbers) {
            text.append(number ? "|---:" : "|---");
        }
        text.append("|\n");
        section.rows().forEach(row -> row(row, text));
    }

    private static void row(List<String> cells, StringBuilder text) {
        for (String cell : cells) {
            text.append("| ").append(inline(cell).replace("|", "\\|")).append(' ');
        }
        text.append("|\n");
    }

    /** Names and errors come from others: in one line, and no HTML, link or picture. */
    private static String inline(String text) {
        return text.replace("\\", "\\\\")
                .replace("<", "\\<")
                .replace("[", "\\[")
                .replaceAll("[\\r\\n]+", " ");
    }

    private static void plot(Plot plot, StringBuilder text) {
        text.append('\n');
        for (Line line : plot.lines()) {
            double[] known =
                    line.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .filter(value -> !Double.isNaN(value))
                            .toArray();
            double least = Double.MAX_VALUE;
            double most = 0;
            double sum = 0;
            for (double value : known) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
            }
            text.append("* ").append(inline(plot.title())).append(", ");
            text.append(inline(line.name())).append(": ");
            text.append(
                    known.length == 0
                            ? "nothing is known"
                            : Words.axis(least, plot.unit())
                                    + " to "
                                    + Words.axis(most, plot.unit())
                                    + ", mean "
                                    + Words.axis(sum / known.length, plot.unit()));
            text.append('\n');
        }
    }
}
