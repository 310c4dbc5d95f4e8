/**
 * Batches asked for by their receipts: {@code GET /v1/receipts/{repo}/{epoch}/{position}}.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.receipt.Receipts} answers where a batch stands with
 * each export of its repo. A receipt is what every good answer to a push holds: the repo, the epoch
 * of the ring, which is the node's own, and the first position. The node that staged a batch knows
 * all of it, wherever in a cluster the exports run, since its cursors move when they settle; any
 * other node that is asked fetches it there ({@link io.penstock.gateway.receipt.Elsewhere}).
 *
 * <p><b>Flow.</b> Repo to its stage, which is opened if need be; epoch and position are checked;
 * then {@link io.penstock.exporter.fanout.FanOut#fates}. With {@code wait} it is asked again until
 * every export has settled the batch. With another node in {@code node}: that one's place by {@link
 * io.penstock.gateway.receipt.NodeFinder}, the question as it came with the caller's header, and
 * its answer.
 *
 * <p><b>Threads.</b> Requests on the admin port's event loop, looks on worker threads.
 *
 * <p><b>Limits.</b> {@code Receipts.MAX_WAITERS} requests wait at once, each {@code
 * Receipts.MAX_WAIT_MS} at the most and looking every {@code Receipts.LOOK_MS}. {@code
 * Elsewhere.MAX_ASKED} are with other nodes at once, {@code Elsewhere.MAX_WAITING} of these wait;
 * an answer has {@code Elsewhere.MAX_ANSWER_BYTES} at the most, and 5 s beyond what it may wait.
 */
@NullMarked
package io.penstock.gateway.receipt;

import org.jspecify.annotations.NullMarked;
