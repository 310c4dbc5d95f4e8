/**
 * What: numbers of a run for people and programs: a table, JSON, a page with plots.
 *
 * <p>Flow: {@link io.penstock.perf.report.SideNumbers} of every round are gathered in a {@link
 * io.penstock.perf.report.RunResult}; writers show medians, ranges and ratios.
 *
 * <p>Threads: values; writers are confined to one thread.
 *
 * <p>Limits: MB and GB are 10^6 and 10^9 bytes of batches, without framing.
 */
@NullMarked
package io.penstock.perf.report;

import org.jspecify.annotations.NullMarked;
