/**
 * What: the comparisons that the commands run: gateway against floor ({@link
 * io.penstock.perf.compare.IngestBench}), sinks that decode ({@link
 * io.penstock.perf.compare.SinkBench}), and a long load on a small heap ({@link
 * io.penstock.perf.compare.Soak}).
 *
 * <p>Flow: sides are started, warmed up, measured in turn round by round, checked against the
 * ledger, and ended.
 *
 * <p>Threads: the caller's; it sleeps and samples while sessions load the sides.
 *
 * <p>Limits: every wait has a deadline; all files lie in one directory that is removed at the end.
 */
@NullMarked
package io.penstock.perf.compare;

import org.jspecify.annotations.NullMarked;
