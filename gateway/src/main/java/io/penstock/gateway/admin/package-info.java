/**
 * The admin port: health, metrics, and what the node holds, as JSON.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.admin.AdminServer} is a small HTTP server with a table
 * of routes and {@link io.penstock.gateway.admin.JsonBody} reads what is sent to it; {@link
 * io.penstock.gateway.admin.Reports} writes repos, exports and the ledger; {@link
 * io.penstock.gateway.admin.DeadLetterDesk} lists, shows, replays and drops dead letters. The verbs
 * of the command line read the same reports of a stopped node.
 *
 * <p><b>Flow.</b> Requests in, JSON out. What the JSON has for fields says {@code openapi.json},
 * which is served too and held against the routes by a test.
 *
 * <p><b>Threads.</b> One event loop; whatever touches files runs on worker threads.
 *
 * <p><b>Limits.</b> A body has {@link io.penstock.gateway.admin.JsonBody#MAX_BYTES} at the most;
 * where none is wanted it is not looked at. Lists end at a limit that the request states.
 */
@NullMarked
package io.penstock.gateway.admin;

import org.jspecify.annotations.NullMarked;
