package io.penstock.gateway.report;

import java.time.ZoneId;
import java.util.List;

/**
 * A report before it is written in one form or the other.
 *
 * <p>Threading: immutable.
 *
 * @param title first line
 * @param intro what it is of
 * @param zone in which times are told
 * @param sections in their order
 */
record Page(String title, String intro, ZoneId zone, List<Section> sections) {
    /**
     * A part with a heading.
     *
     * @param title heading
     * @param note what the numbers are, or what to say where there are none
     * @param plots above the table
     * @param heads of the table; none for no table
     * @param rows as many cells as heads
     */
    record Section(
            String title,
            String note,
            List<Plot> plots,
            List<String> heads,
            List<List<String>> rows) {}

    /**
     * Lines over time.
     *
     * @param title heading
     * @param unit of the values
     * @param startMs time of the first value
     * @param stepMs between two
     * @param lines two or three
     */
    record Plot(String title, String unit, long startMs, long stepMs, List<Line> lines) {}

    /**
     * A line.
     *
     * @param name in the legend
     * @param values NaN where there is a gap
     */
    record Line(String name, List<Double> values) {}
}
