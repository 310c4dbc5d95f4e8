/**
 * What whoever pushes to a Penstock says and hears, over whatever transport: clients outside, and
 * the sink that is a client.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.push.PushMessage} is the request around the bytes of
 * a batch; {@link io.penstock.exporter.push.RetryHint} is when a refusal wants to be asked again.
 *
 * <p><b>Flow.</b> Bytes in, a message out; headers or trailers in, milliseconds out.
 *
 * <p><b>Threads.</b> Any; nothing here has a state.
 *
 * <p><b>Limits.</b> A message is one buffer, a copy of its batch.
 */
@NullMarked
package io.penstock.exporter.push;

import org.jspecify.annotations.NullMarked;
