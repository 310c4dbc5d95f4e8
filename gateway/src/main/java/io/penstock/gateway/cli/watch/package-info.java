/**
 * Verbs that go on showing what a node does: {@code top} and {@code tail}.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.cli.watch.WatchVerbs} adds them to {@code penstock}.
 *
 * <p><b>Flow.</b> Server-sent events of admin ports in; a screen, a table or lines out. {@code top}
 * keeps the newest event of each node and draws it at its own pace.
 *
 * <p><b>Threads.</b> The main thread draws; a thread per node reads events, one reads keys.
 *
 * <p><b>Limits.</b> At most 64 nodes are watched; of each one event is kept, which holds at most
 * 500 repos and 500 exports. The screen shows what fits and says what does not.
 */
@NullMarked
package io.penstock.gateway.cli.watch;

import org.jspecify.annotations.NullMarked;
