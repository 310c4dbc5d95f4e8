/**
 * What nodes of a cluster say to each other, and how it is written.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.message.Message} is every message there is; {@link
 * io.penstock.cluster.message.MessageCodec} turns one to bytes and back.
 *
 * <p><b>Flow.</b> Members make messages; a transport carries bytes. It may lose them, hold them
 * back, change their order and bring them twice.
 *
 * <p><b>Threads.</b> All types are immutable.
 *
 * <p><b>Limits.</b> A message has at most {@link
 * io.penstock.cluster.message.MessageCodec#MAX_BYTES} bytes and its lists the lengths that stand in
 * {@link io.penstock.cluster.message.Message}.
 */
@NullMarked
package io.penstock.cluster.message;

import org.jspecify.annotations.NullMarked;
