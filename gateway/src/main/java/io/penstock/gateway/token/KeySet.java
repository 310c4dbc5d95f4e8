package io.penstock.gateway.token;

import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The public keys of a JWK set (RFC 7517) that can check signatures here. Others are left out, as
 * its section 5 wants: those for encryption, secret ones, of kinds or curves that are not known,
 * and RSA keys that are too short.
 *
 * <p>Threading: immutable.
 */
final class KeySet {
    /** Most keys; issuers publish two or three. */
    static final int MAX_KEYS = 64;

    /** Longest document that is read. */
    static final int MAX_BYTES = 256 << 10;

    static final KeySet EMPTY = new KeySet(List.of());

    /** RFC 7518, section 3.3: 2048 bits. */
    private static final int LEAST_RSA_BYTES = 256;

    private static final List<String> RSA =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final Map<String, String> CURVES =
            Map.of("P-256", "ES256", "P-384", "ES384", "P-521", "ES512", "Ed25519", "EdDSA");

    private final List<SigningKey> keys;

    private KeySet(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * The keys of a document.
     *
     * @param algorithms for which keys are wanted
     * @param before of which a key that is there again stays the same
     * @throws IllegalArgumentException when it is no JWK set; the message reads on behind its place
     */
    static KeySet of(Vertx vertx, String document, Set<String> algorithms, KeySet before) {
        List<SigningKey> keys = new ArrayList<>();
        for (Object each : listed(document)) {
            if (!(each instanceof JsonObject jwk)) {
                throw new IllegalArgumentException("holds a key that is none");
            }
            for (String algorithm : algorithms(jwk)) {
                if (algorithms.contains(algorithm)) {
                    before.same(vertx, publicPart(jwk, algorithm)).ifPresent(keys::add);
                }
            }
        }
        return new KeySet(keys);
    }

    private static JsonArray listed(String document) {
        try {
            JsonArray listed = new JsonObject(document).getJsonArray("keys");
            if (listed == null) {
                throw new IllegalArgumentException("is no JWK set: it has no list \"keys\"");
            }
            if (listed.size() > MAX_KEYS) {
                throw new IllegalArgumentException("has more than " + MAX_KEYS + " keys");
            }
            return listed;
        } catch (DecodeException | ClassCastException noJson) {
            throw new IllegalArgumentException("is no JWK set in JSON", noJson);
        }
    }

    /** For what a key is good: what it says, where that goes with what it is. */
    private static List<String> algorithms(JsonObject jwk) {
        if (!"sig".equals(text(jwk, "use", "sig"))) {
            return List.of();
        }
        List<String> able =
                switch (text(jwk, "kty", "")) {
                    case "RSA" -> isLong(text(jwk, "n", "")) ? RSA : List.of();
                    case "EC", "OKP" -> ofCurve(text(jwk, "crv", ""));
                    default -> List.of(); // oct is a secret, which nobody publishes
                };
        String said = text(jwk, "alg", "");
        if (said.isEmpty()) {
            return able;
        }
        return able.contains(said) ? List.of(said) : List.of();
    }

    private static List<String> ofCurve(String curve) {
        String algorithm = CURVES.get(curve);
        return algorithm == null ? List.of() : List.of(algorithm);
    }

    private static boolean isLong(String modulus) {
        try {
            return Base64.getUrlDecoder().decode(modulus).length >= LEAST_RSA_BYTES;
        } catch (IllegalArgumentException garbled) {
            return false;
        }
    }

    private static String text(JsonObject jwk, String name, String absent) {
        return jwk.getValue(name, absent) instanceof String text ? text : "";
    }

    /** Without private parts, which nobody should have put there, and certificates. */
    private static JsonObject publicPart(JsonObject jwk, String algorithm) {
        JsonObject part = new JsonObject().put("alg", algorithm).put("use", "sig");
        for (String name : List.of("kty", "kid", "n", "e", "crv", "x", "y")) {
            if (jwk.getValue(name) instanceof String text) {
                part.put(name, text);
            }
        }
        return part;
    }

    private Optional<SigningKey> same(Vertx vertx, JsonObject jwk) {
        return keys.stream()
                .filter(key -> key.isOf(jwk))
                .findFirst()
                .or(() -> Optional.of(new SigningKey(vertx, jwk)).filter(SigningKey::isUsable));
    }

    /** Those of both. */
    KeySet and(KeySet other) {
        List<SigningKey> all = new ArrayList<>(keys);
        all.addAll(other.keys);
        return new KeySet(all);
    }

    /** Tells the keys that another set has no more. */
    void withdrawMissingIn(KeySet after) {
        keys.stream().filter(key -> !after.keys.contains(key)).forEach(SigningKey::withdraw);
    }

    /** Those that may have signed a token, few. */
    List<SigningKey> find(String named, String algorithm) {
        return keys.stream()
                .filter(key -> key.fits(named, algorithm))
                .limit(TokenCheck.MAX_TRIED)
                .toList();
    }

    int size() {
        return keys.size();
    }
}
