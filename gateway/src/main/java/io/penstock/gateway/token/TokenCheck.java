package io.penstock.gateway.token;

import io.penstock.gateway.token.Verdict.Bad;
import io.penstock.gateway.token.Verdict.Good;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens as RFC 7519, section 7.2, and RFC 8725 want it: what is cheap first, the signature
 * last. A token must name its issuer, one of the audiences and its end.
 *
 * <p>Threading: any thread; computes on it, some tens to hundreds of microseconds for a signature.
 */
public final class TokenCheck {
    /** What is said of a token that was seen not to be what its key signed. */
    public static final Bad NOT_SIGNED =
            new Bad(TokenFault.SIGNATURE, "the token's signature does not hold");

    /** Keys tried for a token that names none. */
    static final int MAX_TRIED = 4;

    private static final int PARTS = 3;
    private static final Map<String, Integer> LENGTHS =
            Map.of("ES256", 64, "ES384", 96, "ES512", 132, "EdDSA", 64);
    private static final double MOST_SECONDS = 1e11; // year 5138; keeps milliseconds in a long

    private final TokenRules rules;
    private final SigningKeys keys;

    /** By these. */
    public TokenCheck(TokenRules rules, SigningKeys keys) {
        this.rules = rules;
        this.keys = keys;
    }

    /** What can be seen without its key. */
    private record Opened(String algorithm, String key, JsonObject claims) {}

    /** Whether it holds at a time, Unix milliseconds. */
    public Verdict check(String token, long nowMs) {
        if (token.length() > rules.maxBytes()) {
            return new Bad(
                    TokenFault.SIZE, "the token is longer than " + rules.maxBytes() + " bytes");
        }
        Opened opened;
        try {
            opened = open(token);
        } catch (DecodeException | ClassCastException | IllegalArgumentException malformed) {
            return new Bad(TokenFault.FORM, "the token is malformed");
        }
        if (!rules.algorithms().contains(opened.algorithm())) {
            return new Bad(
                    TokenFault.ALGORITHM,
                    "the token is not signed by one of " + String.join(", ", sorted()));
        }
        Bad wrong = claims(opened.claims(), nowMs);
        return wrong == null ? signature(token, opened) : wrong;
    }

    private List<String> sorted() {
        return rules.algorithms().stream().sorted().toList();
    }

    private static Opened open(String token) {
        String[] parts = token.split("\\.", -1);
        // an unsigned token ends with its second dot (RFC 7519, section 6)
        if (parts.length != PARTS || parts[2].isEmpty()) {
            throw new IllegalArgumentException("parts");
        }
        JsonObject header = json(parts[0]);
        if (header.containsKey("crit")) {
            // RFC 7515, section 4.1.11: who does not understand what is critical refuses
            throw new IllegalArgumentException("crit");
        }
        return new Opened(header.getString("alg", ""), header.getString("kid", ""), json(parts[1]));
    }

    private static JsonObject json(String part) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
    }

    private @Nullable Bad claims(JsonObject claims, long nowMs) {
        if (!rules.issuer().equals(claims.getValue("iss"))) {
            return new Bad(TokenFault.ISSUER, "the token is not of the issuer " + rules.issuer());
        }
        if (!isForUs(claims.getValue("aud"))) {
            return new Bad(
                    TokenFault.AUDIENCE,
                    "the token is for another audience than "
                            + String.join(", ", rules.audiences().stream().sorted().toList()));
        }
        long endMs = timeMs(claims.getValue("exp"), Long.MIN_VALUE);
        if (endMs == Long.MIN_VALUE) {
            return new Bad(TokenFault.EXPIRED, "the token does not say when it expires");
        }
        if (nowMs >= endMs + rules.skewMs()) {
            return new Bad(TokenFault.EXPIRED, "the token has expired");
        }
        Object from = claims.getValue("nbf");
        // one that is no time is none that has come
        return from != null && nowMs < timeMs(from, Long.MAX_VALUE) - rules.skewMs()
                ? new Bad(TokenFault.NOT_YET, "the token is not valid yet")
                : null;
    }

    private boolean isForUs(@Nullable Object audience) {
        if (audience instanceof JsonArray several) {
            return several.stream().anyMatch(this::isOurs);
        }
        return isOurs(audience);
    }

    private boolean isOurs(@Nullable Object audience) {
        return audience instanceof String name && rules.audiences().contains(name);
    }

    /** NumericDate of RFC 7519, section 2: seconds, with or without a fraction. */
    private static long timeMs(@Nullable Object claim, long otherwise) {
        return claim instanceof Number seconds && Math.abs(seconds.doubleValue()) < MOST_SECONDS
                ? (long) (seconds.doubleValue() * 1_000)
                : otherwise;
    }

    /**
     * Whether a signature is written in the one way that there is, and as long as its algorithm's
     * (RFC 7518, section 3.4): what verifies it passes over bytes behind it.
     */
    private static boolean isExact(String token, String algorithm) {
        String written = token.substring(token.lastIndexOf('.') + 1);
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(written);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        Integer length = LENGTHS.get(algorithm);
        return (length == null || length == bytes.length)
                && Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(written);
    }

    private Verdict signature(String token, Opened opened) {
        List<SigningKey> able = keys.now().find(opened.key(), opened.algorithm());
        if (able.isEmpty()) {
            return keys.missing()
                    ? new Bad(
                            TokenFault.KEYS_UNKNOWN,
                            "the token's key is being looked for at its issuer")
                    : new Bad(
                            TokenFault.KEY,
                            "the token is signed by a key that its issuer does not publish");
        }
        boolean isExact = isExact(token, opened.algorithm());
        for (SigningKey key : able) {
            if (isExact && key.signed(token)) {
                long endMs = timeMs(opened.claims().getValue("exp"), 0);
                return new Good(opened.claims(), key, endMs + rules.skewMs());
            }
        }
        return NOT_SIGNED;
    }
}
