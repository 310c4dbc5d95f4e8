/**
 * The push client.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.client.PushClient} sends batches over gRPC or HTTP;
 * {@link io.penstock.gateway.client.Pusher} keeps a bounded number of them under way and retries as
 * the server asks, under one producer, so that every batch is staged once.
 *
 * <p><b>Flow.</b> Batches as bytes in; answers out. What is refused for good ends the push.
 *
 * <p><b>Owners.</b> In a cluster, answers name the nodes that own a repo's exports. A {@link
 * io.penstock.gateway.client.PushWays} follows that, at most every 5 s: when everything is answered
 * it goes on at an owner, as a new producer, since sequences belong to the node that staged them.
 * From an owner that cannot be reached new batches go back to the configured server at once, as yet
 * another producer; what that owner did not answer is asked of it again, and of nobody else.
 *
 * <p><b>Threads.</b> The pusher belongs to the thread that feeds it, which may block; the client
 * works on an event loop.
 *
 * <p><b>Limits.</b> Batches under way are bounded below the server's window of remembered
 * sequences.
 */
@NullMarked
package io.penstock.gateway.client;

import org.jspecify.annotations.NullMarked;
