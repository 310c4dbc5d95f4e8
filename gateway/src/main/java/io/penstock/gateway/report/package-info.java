/**
 * Reports of a day or an hour of this node, for people.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.report.Reporting} makes them at a local time and on
 * request; {@code PageMaker} and {@code NodeSections} say what stands in them, {@code HtmlForm}
 * with {@code SvgPlot} and {@code MarkdownForm} how, {@code ReportStore} keeps them. Each node
 * makes its own: what another saw is on that one's disk.
 *
 * <p><b>Flow.</b> {@code gateway.history}, capacity, decisions and heartbeats to a {@code Page} to
 * two files; by the channels that {@code report.channels} names.
 *
 * <p><b>Threads.</b> Making one runs on a worker thread, one at a time; a second is refused.
 *
 * <p><b>Limits.</b> {@code PageMaker.MOST_ROWS} rows in a table, 50 moves, about 160 points in a
 * plot; {@code report.keep} reports in the directory.
 */
@NullMarked
package io.penstock.gateway.report;

import org.jspecify.annotations.NullMarked;
