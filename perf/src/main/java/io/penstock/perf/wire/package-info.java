/**
 * What: client connections that cost as little as a client can: raw sockets (or TLS over them),
 * requests encoded once, answers parsed no further than their status. A load driver has to be
 * cheaper than the server it loads, or it measures itself.
 *
 * <p>Flow: a {@link io.penstock.perf.wire.Wire} lends {@link io.penstock.perf.wire.Exchange}s; the
 * driver starts one with a sequence, the wire writes it and reports its {@link
 * io.penstock.perf.wire.Answer}.
 *
 * <p>Threads: everything here is confined to the thread that drives the wire.
 *
 * <p>Limits: requests are at most 64 MiB; HTTP/2 windows of the server must hold two frames of 16
 * KiB; answers are read from a buffer of 64 KiB, which bounds a header block.
 */
@NullMarked
package io.penstock.perf.wire;

import org.jspecify.annotations.NullMarked;
