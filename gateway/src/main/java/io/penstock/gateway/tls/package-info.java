/**
 * TLS on the listening ports.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.tls.TlsPorts} are the node's three kinds of ports
 * (data and OTLP, admin, between nodes); a {@link io.penstock.gateway.tls.TlsPort} makes the
 * options of its servers, and of clients to other nodes, out of files. {@link
 * io.penstock.gateway.tls.PeerIdentity} is who a client proved to be.
 *
 * <p><b>Flow.</b> Files are read and checked at the start and whenever they changed; what passes is
 * handed to the servers that are open, which show it to new connections. Open connections are not
 * touched. What does not pass is said once, and what was there before stays.
 *
 * <p><b>Threads.</b> Files are read on worker threads, one look at a time; everything else may be
 * asked on any thread.
 *
 * <p><b>Limits.</b> A handshake takes {@code tls.handshake_timeout_ms} at the most, so there are at
 * most (new connections per second x that time) unfinished ones; they do not count against {@code
 * ingress.max_connections}, because nobody knows yet whether they will become one. Failed
 * handshakes are counted, and told in one line per minute and port.
 */
@NullMarked
package io.penstock.gateway.tls;

import org.jspecify.annotations.NullMarked;
