/**
 * Tests of tokens and of the keys that they are signed with, by an issuer on loopback.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.token.TestIssuer} makes keys and tokens with the JDK
 * alone, so that what is checked is not what checks.
 *
 * <p><b>Flow.</b> A test signs, publishes or hides keys, and asks.
 *
 * <p><b>Threads.</b> The issuer is on Vert.x's.
 *
 * <p><b>Limits.</b> None.
 */
@NullMarked
package io.penstock.gateway.token;

import org.jspecify.annotations.NullMarked;
