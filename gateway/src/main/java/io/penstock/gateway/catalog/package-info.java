/**
 * The catalogue of metrics: which there are, their types, labels and one sentence each.
 *
 * <p><b>What.</b> An enum per area, each of {@link io.penstock.gateway.catalog.Metric}.
 * docs/metrics.md holds the same as a table.
 *
 * <p><b>Flow.</b> Collectors name a metric of here when they give a value.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * <p><b>Limits.</b> As many families as there are constants.
 */
@NullMarked
package io.penstock.gateway.catalog;

import org.jspecify.annotations.NullMarked;
