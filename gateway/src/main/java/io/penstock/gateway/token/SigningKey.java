package io.penstock.gateway.token;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/**
 * A public key of the issuer, for one algorithm. It has a verifier of its own: whatever a token
 * says, it is checked by this key and this algorithm or by nothing (RFC 8725, section 3.1).
 *
 * <p>Threading: any thread; checks of one key come one after the other.
 */
public final class SigningKey {
    /** {@code {"alg":"none"}} and no claims. */
    private static final String UNSIGNED = "eyJhbGciOiJub25lIn0.e30";

    private final String id;
    private final String algorithm;
    private final JsonObject jwk;
    private final JWTAuth verifier;
    private volatile boolean withdrawn;

    /** Of a JWK that has been looked at; {@code jwk} names the algorithm. */
    SigningKey(Vertx vertx, JsonObject jwk) {
        this.id = jwk.getString("kid", "");
        this.algorithm = jwk.getString("alg");
        this.jwk = jwk;
        // times are checked before, by a clock that a test can turn
        JWTOptions options = new JWTOptions().setIgnoreExpiration(true);
        this.verifier =
                JWTAuth.create(vertx, new JWTAuthOptions().addJwk(jwk).setJWTOptions(options));
    }

    /** Whether it may have signed a token that names these; {@code named} is empty for no key. */
    boolean fits(String named, String by) {
        return algorithm.equals(by) && (named.isEmpty() || id.equals(named));
    }

    /** Whether a whole token is signed by it; computes at once, on the caller's thread. */
    boolean signed(String token) {
        return verifier.authenticate(new TokenCredentials(token)).succeeded();
    }

    /**
     * Whether it can check anything. Vert.x leaves out a key that it cannot read, and a verifier
     * without keys takes what is not signed.
     */
    boolean isUsable() {
        return !signed(UNSIGNED);
    }

    boolean isOf(JsonObject other) {
        return jwk.equals(other);
    }

    void withdraw() {
        withdrawn = true;
    }

    /** Whether the issuer publishes it no more; what it signed is good no more, either. */
    public boolean isWithdrawn() {
        return withdrawn;
    }
}
