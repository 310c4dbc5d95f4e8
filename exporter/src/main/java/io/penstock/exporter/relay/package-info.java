/**
 * What is staged on one node, delivered by another: who may talk to an export's target, and how
 * deliveries get to whoever may.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.relay.Holdings} knows which exports this node may
 * talk to the targets of. {@link io.penstock.exporter.relay.RelayPlacement} gives fan-out, for each
 * export, a sink that delivers here while this node may and hands over to {@link
 * io.penstock.exporter.relay.Peers} while it may not. {@link
 * io.penstock.exporter.relay.ForwardedExports} takes what other nodes hand over. Who owns what, and
 * how bytes travel, is for whoever implements {@link io.penstock.exporter.relay.Permit} and {@code
 * Peers}.
 *
 * <p><b>Flow.</b>
 *
 * <pre>
 *   staging node                                     owner
 *   SinkVerticle ─> RelaySink ─┬─ LiveSink ─> target
 *    (cursor,                  └─ Peers ── delivery ──> ForwardedExports ─> ForwardedSink ─> LiveSink ─> target
 *     retry, ledger)               <────── outcome ──     (may it now?        (queue, one
 *                                                          is there room?)     at a time ...)
 * </pre>
 *
 * <p>Nothing is staged a second time and nothing is decided here about a delivery: its id is the
 * one that it has on the staging node, and the outcome goes back there, where it is settled. What
 * says nothing about the target ("nobody may now", "the owner is gone") is a {@code Retry} with the
 * cause {@code AWAY}, of which an export's limits learn nothing.
 *
 * <p><b>When the right to deliver ends.</b> By word: no delivery begins any more, those under way
 * land, the real sink is closed, and only then it is said that the task has stopped. By force: what
 * is under way counts as not delivered at once, and the sink is closed without waiting. In both
 * cases the next real sink of the export is made when the one before has closed.
 *
 * <p><b>Rate.</b> What an export may offer its target per second is one {@link
 * io.penstock.exporter.pressure.Rate} on a node: fan-out, for what was staged here, and {@code
 * ForwardedSink}, for what others staged, take from it in turn.
 *
 * <p><b>What sinks keep.</b> A sink whose files say what a ring's deliveries became ({@link
 * io.penstock.exporter.sink.Keeping}) has one of its own for each ring at an owner, so that runs of
 * different rings are never mixed; all others share one for an export. What a sink called delivered
 * and did not publish before its node died is published when the node is back, whoever has the
 * export then.
 *
 * <p><b>Threads.</b> A real sink lives on one context: that of its verticle in fan-out, or that of
 * the verticle that {@code ForwardedExports} deploys for it. {@code Holdings} is told by any thread
 * and asked by any.
 *
 * <p><b>Limits.</b> Bytes of deliveries that came from others, over the node and per export, and
 * deliveries that wait per export; beyond them the answer is {@code Retry} with the cause {@code
 * BUSY}. Waits for deliveries to land and for sinks to close.
 */
@NullMarked
package io.penstock.exporter.relay;

import org.jspecify.annotations.NullMarked;
