/**
 * One repo on this node: its ring, its state, who may put into it and when they hear back.
 *
 * <p><b>What.</b> A {@link io.penstock.exporter.stage.Stage} is one repo's open ring with its state
 * machine; {@link io.penstock.exporter.stage.StageRegistry} opens stages on demand, closes idle
 * ones and drains all of them at stop; {@link io.penstock.exporter.stage.Intake} is the door for
 * batches, one per event loop.
 *
 * <p><b>Flow.</b> An ingress offers; the intake checks room and producer, collects small offers of
 * one repo until the end of the event loop's turn, appends them as one run and answers each: at
 * once (STAGED), after the group sync (SYNCED), or when the ring's head has passed (DELIVERED).
 * What is refused is refused as a {@link io.penstock.exporter.stage.Refusal}.
 *
 * <p><b>Threads.</b> An intake and everything in it is confined to its event loop. Stages and the
 * registry are for any thread. File work runs on the {@code penstock-stages} threads of the
 * registry, forces on the one {@code penstock-sync} thread. Other threads reach an intake only
 * through its context.
 *
 * <p><b>Limits.</b> Bytes staged per node and per repo, open and known repos, offers held per repo
 * and loop, acknowledgements awaited per loop: each is a key of {@link
 * io.penstock.exporter.stage.StagingConfig} or a named constant beside its use.
 */
@NullMarked
package io.penstock.exporter.stage;

import org.jspecify.annotations.NullMarked;
