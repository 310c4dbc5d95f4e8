/**
 * Who may do what: keys, roles, the identities of certificates, and who may come without either.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.access.Key} is a key as it is kept, {@link
 * io.penstock.gateway.access.KeyToken} as its holder sends it, {@link
 * io.penstock.gateway.access.KeyFile} the file of a node's keys, {@link
 * io.penstock.gateway.access.KeyBook} what people do to them. {@link
 * io.penstock.gateway.access.Tokens} are those of an OpenID Connect issuer. {@link
 * io.penstock.gateway.access.Grant} is what somebody may, now; {@link
 * io.penstock.gateway.access.Gate} finds the grant of a request on the data port, {@link
 * io.penstock.gateway.access.AdminDoor} judges a request to the admin port.
 *
 * <p><b>Flow.</b> A connection has an {@link io.penstock.gateway.access.Entrance}, which remembers
 * the header that was verified last and its grant, so that a request costs a comparison. A grant is
 * alive: when the file of keys changes, the grants that were handed out say so at the next batch,
 * on streams that have been open for long, too. Nothing has to be looked up again, and nothing that
 * was remembered can be out of date.
 *
 * <p><b>Threads.</b> Entrances are confined to the event loop of their connection; all else may be
 * used on any thread. Files are read and written on workers.
 *
 * <p><b>Limits.</b> {@link io.penstock.gateway.access.KeyFile#MAX_KEYS} keys, {@link
 * io.penstock.gateway.access.KeyFile#MAX_BYTES} of file, {@link
 * io.penstock.gateway.access.Key#MAX_SECRETS} secrets of a key that are good at once, {@link
 * io.penstock.gateway.access.Tokens#MAX_REMEMBERED} tokens that are not verified again, {@link
 * io.penstock.gateway.access.Scope#MAX_PATTERNS} patterns in a scope.
 */
@NullMarked
package io.penstock.gateway.access;

import org.jspecify.annotations.NullMarked;
