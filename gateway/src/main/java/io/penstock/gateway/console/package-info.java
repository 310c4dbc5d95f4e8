/**
 * The console: a page on the admin port that a person on call opens first, and what feeds it.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.console.Console} serves the page's files from the
 * class path, a live view of the node and its cluster as server-sent events, the numbers of the
 * last hours, which the node keeps itself, and a sampled tail of a repo's records.
 *
 * <p><b>Flow.</b> Each second that {@link io.penstock.gateway.history.Recorder} tells of makes,
 * where somebody listens, one {@code Snapshot} for all of them. A listener that reads slowly gets
 * the newest one when it can take it, and those between are left out.
 *
 * <p><b>Threads.</b> Rounds run on worker threads, one at a time; a stream is written on the event
 * loop of its connection.
 *
 * <p><b>Limits.</b> {@code LiveFeed.MAX_LISTENERS} listeners and {@code TailFeed.MAX_TAILS} tails,
 * each with one event under way beyond its connection's write queue; {@code Snapshot.MAX_ROWS}
 * repos and exports.
 */
@NullMarked
package io.penstock.gateway.console;

import org.jspecify.annotations.NullMarked;
