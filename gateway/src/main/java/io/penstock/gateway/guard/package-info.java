/**
 * What keeps the clients of one port from hurting one another: connections, not requests.
 *
 * <p><b>What.</b> A {@link io.penstock.gateway.guard.GuardedPort} is a port with its limits; a
 * {@link io.penstock.gateway.guard.ConnectionWatch} watches one connection from the moment it is
 * accepted; {@code FrameWatch} counts the frames of one that speaks HTTP/2, {@code UpgradeWatch}
 * ends one that asked for it in vain; a {@link io.penstock.gateway.guard.Closing} is why one was
 * closed.
 *
 * <p><b>Flow.</b> Vert.x shows a connection only when its first request head is whole, so a client
 * that sends nothing, or a head byte by byte, would cost a socket that nobody counts. Hence {@link
 * io.penstock.gateway.guard.GuardedPorts#vertx} makes a Vert.x whose transport lets {@code
 * GuardedPorts} see what the socket accepts. Bytes pass the watch unseen; clocks are read twice a
 * second, one timer per event loop.
 *
 * <p><b>Threads.</b> A watch is confined to the event loop of its connection; ports may be asked on
 * any thread.
 *
 * <p><b>Limits.</b> Of connections, in all and per address; of time for a request head, for a quiet
 * connection, for a client to read, and of age; of pings and of frames that carry nothing; of the
 * HTTP/2 windows that all connections have together. docs/limits.md has the sum.
 */
@NullMarked
package io.penstock.gateway.guard;

import org.jspecify.annotations.NullMarked;
