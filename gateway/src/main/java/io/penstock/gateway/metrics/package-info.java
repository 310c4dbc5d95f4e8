/**
 * Numbers about the node, as a page that Prometheus reads.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.catalog.Metric} is the catalogue, an enum per area:
 * every name, its kind, labels and meaning. {@link io.penstock.gateway.metrics.MetricsPage} writes
 * the text format 0.0.4; {@link io.penstock.gateway.metrics.LatencyReservoir} gives Dropwizard
 * histograms buckets and a bound.
 *
 * <p><b>Flow.</b> Rooms count in plain fields; a collector per room reads them when somebody asks
 * for the page. Nothing is pushed, and nothing is computed while nobody asks.
 *
 * <p><b>Threads.</b> Counting: any thread. A page is written by the thread that asks.
 *
 * <p><b>Limits.</b> A histogram is a fixed array. Repos beyond {@link
 * io.penstock.gateway.metrics.StageCollector#MAX_REPOS} are left out of the page, and counted.
 */
@NullMarked
package io.penstock.gateway.metrics;

import org.jspecify.annotations.NullMarked;
