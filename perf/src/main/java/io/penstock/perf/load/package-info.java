/**
 * What: the load driver: keeps a number of requests under way (saturating), or starts them by the
 * clock whatever the server does (open loop), and counts and times the answers.
 *
 * <p>Flow: a {@link io.penstock.perf.load.LoadPlan} opens a {@link
 * io.penstock.perf.load.LoadSession}; batches are made once by {@link
 * io.penstock.perf.load.AccessLogBatches}; a session is read by whoever wants to know.
 *
 * <p>Threads: one thread per session drives every connection; counts and histograms are read from
 * any thread.
 *
 * <p>Limits: requests under way at once are connections x streams; latencies over a minute are
 * recorded as a minute.
 */
@NullMarked
package io.penstock.perf.load;

import org.jspecify.annotations.NullMarked;
