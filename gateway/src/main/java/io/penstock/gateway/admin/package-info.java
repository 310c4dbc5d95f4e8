/**
 * The admin port: health, metrics, and what the node holds, as JSON.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.admin.AdminServer} is a small HTTP server with a table
 * of routes; {@link io.penstock.gateway.admin.Reports} writes repos, exports and the ledger; {@link
 * io.penstock.gateway.admin.DeadLetterDesk} lists, shows, replays and drops dead letters. The verbs
 * of the command line read the same reports of a stopped node.
 *
 * <p><b>Flow.</b> Requests in, JSON out. Read only, except for the dead letters.
 *
 * <p><b>Threads.</b> One event loop; whatever touches files runs on worker threads.
 *
 * <p><b>Limits.</b> Request bodies are ignored beyond 64 KiB; lists end at a limit that the request
 * states.
 */
@NullMarked
package io.penstock.gateway.admin;

import org.jspecify.annotations.NullMarked;
