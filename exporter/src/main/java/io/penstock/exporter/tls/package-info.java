/**
 * TLS as this process speaks it to others: which authority it trusts, what it shows of itself.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.tls.ClientTls} is the one record behind the keys
 * {@code ca_file}, {@code cert_file}, {@code key_file} and {@code trust_all}, wherever they stand,
 * and the one place that makes options of Vert.x and of the JDK out of them. {@link
 * io.penstock.exporter.tls.Pem} reads certificates and keys; the listening ports use it too.
 *
 * <p><b>Flow.</b> Files in, once, when a client is made; options out. A client that lives long and
 * whose certificate is renewed is made anew with its sink.
 *
 * <p><b>Threads.</b> Immutable; what reads files blocks, and must not be called on an event loop.
 *
 * <p><b>Limits.</b> A file has {@link io.penstock.exporter.tls.Pem#MAX_BYTES} at the most. Keys are
 * RSA or EC, without a passphrase.
 */
@NullMarked
package io.penstock.exporter.tls;

import org.jspecify.annotations.NullMarked;
