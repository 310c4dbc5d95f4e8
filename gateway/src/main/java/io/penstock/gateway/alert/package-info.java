/**
 * Rules that say when people are told: pure, without a clock, a disk or a network.
 *
 * <p><b>What.</b> A {@link io.penstock.gateway.alert.Condition} is something that can be wrong, a
 * {@link io.penstock.gateway.alert.Reading} a value of it at a moment. The {@link
 * io.penstock.gateway.alert.Board} keeps one {@link io.penstock.gateway.alert.Alert} for each thing
 * that is wrong, and walks it by {@code Steps}:
 *
 * <pre>
 *                bad                 bad for hold_ms              clear for clear_hold_ms
 *   (inactive) -------&gt; PENDING ---------------------&gt; FIRING ----------------------&gt; RESOLVED
 *        ^                 |                              ^  |
 *        +--- not bad -----+                              +--+ clear, and bad again before that
 * </pre>
 *
 * Bad and clear have thresholds of their own; between them nothing changes. {@code Groups} gathers
 * what belongs together into one {@link io.penstock.gateway.alert.Bundle}, and {@link
 * io.penstock.gateway.alert.Wording} makes a notice of it.
 *
 * <p><b>Flow.</b> {@code gateway.alert.watch} reads the node each second into {@link
 * io.penstock.gateway.alert.Readings}, the board answers with the bundles that are due. Silences
 * keep bundles back, not alerts.
 *
 * <p><b>Threads.</b> The board is a monitor; everything else is immutable or confined to it.
 *
 * <p><b>Limits.</b> {@code Board.MAX_ALERTS} alerts, {@code Groups.MAX_GROUPS} groups, {@code
 * Silences.MAX} silences, {@code Board.MAX_HISTORY} events, {@code AlertsConfig.MAX_RULES} rules,
 * {@code Wording.MAX_NAMED} alerts named in a notice. What is beyond is counted.
 */
@NullMarked
package io.penstock.gateway.alert;

import org.jspecify.annotations.NullMarked;
