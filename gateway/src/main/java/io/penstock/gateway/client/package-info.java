/**
 * The push client.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.client.PushClient} sends batches over gRPC or HTTP;
 * {@link io.penstock.gateway.client.Pusher} keeps a bounded number of them under way and retries as
 * the server asks, under one producer, so that every batch is staged once.
 *
 * <p><b>Flow.</b> Batches as bytes in; answers out. What is refused for good ends the push.
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
