package io.penstock.gateway.token;

import java.util.Set;

/**
 * What a token must be like. Threading: immutable.
 *
 * @param issuer its {@code iss}, exactly
 * @param audiences of which its {@code aud} must name one
 * @param algorithms by which it may be signed, out of {@link #ALGORITHMS}
 * @param skewMs by how much its times may be off
 * @param maxBytes longest token
 */
public record TokenRules(
        String issuer, Set<String> audiences, Set<String> algorithms, long skewMs, int maxBytes) {

    /**
     * Those of RFC 7518, section 3.1, and RFC 8037 that have a public key. An algorithm with a
     * secret (HS256) is none of them: who can check such a token can make one.
     */
    public static final Set<String> ALGORITHMS =
            Set.of(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                    "EdDSA");

    /** Copies the sets. */
    public TokenRules {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
    }
}
