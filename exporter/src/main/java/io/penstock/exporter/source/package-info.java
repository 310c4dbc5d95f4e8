/**
 * Sources: what pulls records for us.
 *
 * <p><b>What.</b> A {@link io.penstock.exporter.source.Source} fetches batches somewhere and offers
 * them to a repo's stage, as an ingress does with what clients push.
 *
 * <p><b>Flow.</b> In: batches of a foreign system. Out: offers to {@code stage.Intake}. Back: a
 * position, told to the foreign system only when everything before it is staged (or delivered), and
 * pauses while the stage has no room. Where several nodes could pull the same, a {@link
 * io.penstock.exporter.source.Lease} is asked before anything is staged.
 *
 * <p><b>Threads.</b> A source has threads of its own, and reaches an intake only through its
 * context.
 *
 * <p><b>Limits.</b> What a source holds in memory is bounded by a key of its configuration.
 */
@NullMarked
package io.penstock.exporter.source;

import org.jspecify.annotations.NullMarked;
