package io.penstock.gateway.report;

import io.penstock.gateway.report.Page.Line;
import io.penstock.gateway.report.Page.Plot;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A plot with axes as SVG, coloured by the classes of {@link HtmlForm}. */
final class SvgPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 190;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int FOOT = 26;
    private static final int MARKS = 4;
    private static final long TWO_DAYS_MS = 172_800_000;

    private final Plot plot;
    private final int length;
    private final double top;
    private final StringBuilder svg = new StringBuilder();

    private SvgPlot(Plot plot) {
        this.plot = plot;
        this.length = plot.lines().stream().mapToInt(line -> line.values().size()).max().orElse(1);
        double most =
                plot.lines().stream()
                        .flatMap(line -> line.values().stream())
                        .filter(value -> !value.isNaN())
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(0);
        this.top = ceiling(most);
    }

    static String of(Plot plot, ZoneId zone) {
        SvgPlot svg = new SvgPlot(plot);
        svg.frame(zone);
        for (int i = 0; i < plot.lines().size(); i++) {
            svg.line(plot.lines().get(i), i);
        }
        return svg.svg.append("</svg>\n").toString();
    }

    /** 1, 2 or 5 times a power of ten. */
    static double ceiling(double most) {
        if (most <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1, 2, 5}) {
            if (most <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private double x(int index) {
        return LEFT + (double) index / Math.max(1, length - 1) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return TOP + (1 - value / top) * (HEIGHT - TOP - FOOT);
    }

    private void frame(ZoneId zone) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">\n",
                        WIDTH,
                        HEIGHT,
                        WIDTH,
                        HtmlForm.escaped(plot.title())));
        for (double part : new double[] {0, 0.5, 1}) {
            double at = y(top * part);
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#c3cad2\"/>"
                                    + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                            LEFT,
                            WIDTH - RIGHT,
                            at,
                            at,
                            LEFT - 8,
                            at + 4,
                            Words.axis(top * part, plot.unit())));
        }
        long spanMs = plot.stepMs() * length;
        DateTimeFormatter form =
                DateTimeFormatter.ofPattern(
                                spanMs > TWO_DAYS_MS ? "d MMM" : "HH:mm", Locale.ENGLISH)
                        .withZone(zone);
        for (int mark = 0; mark <= MARKS; mark++) {
            int index = (length - 1) * mark / MARKS;
            String anchor = mark == 0 ? "start" : mark == MARKS ? "end" : "middle";
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
                            x(index),
                            HEIGHT - 8,
                            anchor,
                            form.format(
                                    Instant.ofEpochMilli(plot.startMs() + index * plot.stepMs()))));
        }
    }

    private void line(Line line, int number) {
        StringBuilder path = new StringBuilder();
        boolean down = false;
        List<Double> values = line.values();
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            boolean known = !Double.isNaN(value);
            if (known) {
                // a value between two gaps is a dot: a line of no length with round ends
                boolean alone = !down && (i + 1 >= values.size() || values.get(i + 1).isNaN());
                path.append(
                        String.format(
                                Locale.ROOT, "%s%.1f %.1f", down ? "L" : "M", x(i), y(value)));
                path.append(alone ? "h0" : "");
            }
            down = known;
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<path class=\"c%d\" d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\""
                                + " stroke-linecap=\"round\"/>\n",
                        number,
                        path,
                        HtmlForm.COLOURS.get(number % HtmlForm.COLOURS.size()),
                        "1.6"));
    }
}
