/**
 * Tokens of others: JWTs of an OpenID Connect issuer, and the keys that they are signed with.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.token.TokenCheck} says whether a token holds, or which
 * check it failed ({@link io.penstock.gateway.token.TokenFault}); {@link
 * io.penstock.gateway.token.SigningKeys} has the issuer's keys, from a file and from where the
 * issuer publishes them. What the claims of a token allow is not known here.
 *
 * <p><b>Flow.</b> Keys are read and fetched in rounds, when it is time or when a token names a key
 * that is not there; a request never waits for one. While the issuer is away, the keys of the last
 * round stay. A key that is withdrawn says so to whoever holds it.
 *
 * <p><b>Threads.</b> Any thread. A check computes on the caller's; rounds are on Vert.x's.
 *
 * <p><b>Limits.</b> {@link io.penstock.gateway.token.KeySet#MAX_KEYS} keys in {@link
 * io.penstock.gateway.token.KeySet#MAX_BYTES}, {@link
 * io.penstock.gateway.token.TokenCheck#MAX_TRIED} keys tried for a token, and a token has the bytes
 * of its rules. Rounds are a gap apart at the least, and back off.
 */
@NullMarked
package io.penstock.gateway.token;

import org.jspecify.annotations.NullMarked;
