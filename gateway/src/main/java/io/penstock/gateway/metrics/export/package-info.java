/**
 * The node's own metrics as records of one of its repos.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.metrics.export.OwnMetrics} reads the page of metrics
 * every so often and offers what stands there to a repo like any other, from where ordinary exports
 * carry it to wherever metrics are kept. Samples with the same labels are one record, with a field
 * per metric and one per label; {@code OwnBatches} makes records of samples, and batches of records
 * with the same fields.
 *
 * <p><b>Flow.</b> timer to {@code MetricsPage} to {@code OwnBatches} on a worker thread; {@code
 * OwnOffer} to the intake on the event loop of the timer.
 *
 * <p><b>Threads.</b> One event loop has the timer, the intake and the answers; nothing waits. A
 * round that comes while the one before is under way falls out, and is counted.
 *
 * <p><b>Limits.</b> {@code OwnBatches.MAX_ROUND_BYTES} a round; what is beyond, and what the repo
 * refuses, is lost and counted. How much a round has depends on how many repos and exports there
 * are, not on what they carry, so a repo of own metrics does not feed itself.
 */
@NullMarked
package io.penstock.gateway.metrics.export;

import org.jspecify.annotations.NullMarked;
