package io.penstock.gateway.token;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An issuer of OpenID Connect on loopback, with keys of its own. */
public final class TestIssuer {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final Map<String, String> JCA =
            Map.of(
                    "RS256", "SHA256withRSA",
                    "PS256", "RSASSA-PSS",
                    "ES256", "SHA256withECDSAinP1363Format",
                    "EdDSA", "Ed25519");

    private final Vertx vertx;
    private final HttpServerOptions options;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile JsonObject document = new JsonObject().put("keys", new JsonArray());
    private volatile String issuer = "";
    private volatile int port;
    private volatile @Nullable HttpServer server;

    private TestIssuer(Vertx vertx, HttpServerOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** A key of an issuer, and by what it signs. */
    public record Signer(String id, String algorithm, KeyPair pair) {
        /** A fresh one. */
        public static Signer fresh(String id, String algorithm) throws GeneralSecurityException {
            KeyPairGenerator generator;
            if (algorithm.equals("EdDSA")) {
                generator = KeyPairGenerator.getInstance("Ed25519");
            } else if (algorithm.equals("ES256")) {
                generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
            }
            return new Signer(id, algorithm, generator.generateKeyPair());
        }

        /** Its public part as a JWK. */
        public JsonObject jwk() {
            JsonObject jwk =
                    new JsonObject().put("kid", id).put("alg", algorithm).put("use", "sig");
            PublicKey key = pair.getPublic();
            if (key instanceof RSAPublicKey rsa) {
                return jwk.put("kty", "RSA")
                        .put("n", number(rsa.getModulus(), 256))
                        .put("e", number(rsa.getPublicExponent(), 3));
            }
            if (key instanceof ECPublicKey ec) {
                return jwk.put("kty", "EC")
                        .put("crv", "P-256")
                        .put("x", number(ec.getW().getAffineX(), 32))
                        .put("y", number(ec.getW().getAffineY(), 32));
            }
            byte[] encoded = ((EdECPublicKey) key).getEncoded();
            byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            return jwk.put("kty", "OKP").put("crv", "Ed25519").put("x", URL.encodeToString(point));
        }

        /** A token of these claims. */
        public String sign(JsonObject claims) throws GeneralSecurityException {
            return sign(new JsonObject().put("alg", algorithm).put("kid", id), claims);
        }

        /** A token with a header of its own. */
        public String sign(JsonObject header, JsonObject claims) throws GeneralSecurityException {
            String signed = part(header) + "." + part(claims);
            Signature signature = Signature.getInstance(JCA.get(algorithm));
            if (algorithm.equals("PS256")) {
                AlgorithmParameterSpec pss =
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
                signature.setParameter(pss);
            }
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + URL.encodeToString(signature.sign());
        }
    }

    private static String number(BigInteger number, int bytes) {
        byte[] all = new byte[bytes];
        byte[] significant = number.toByteArray();
        int length = Math.min(bytes, significant.length);
        System.arraycopy(significant, significant.length - length, all, bytes - length, length);
        return URL.encodeToString(all);
    }

    /** Base64url of JSON. */
    public static String part(JsonObject json) {
        return URL.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** One that is up; with TLS by the options, or without. */
    public static TestIssuer start(Vertx vertx, HttpServerOptions options) throws Exception {
        TestIssuer issuer = new TestIssuer(vertx, options);
        issuer.up();
        String scheme = options.isSsl() ? "https" : "http";
        issuer.issuer = scheme + "://localhost:" + issuer.port + "/realms/acme";
        return issuer;
    }

    /** Comes back, on the port that it had. */
    public void up() throws Exception {
        HttpServer listening =
                vertx.createHttpServer(options)
                        .requestHandler(this::answer)
                        .listen(port, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
        server = listening;
        port = listening.actualPort();
    }

    /** Goes away. */
    public void down() throws Exception {
        HttpServer listening = server;
        server = null;
        if (listening != null) {
            listening.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private void answer(HttpServerRequest request) {
        asked.incrementAndGet();
        boolean discovery =
                request.path().endsWith("/realms/acme/.well-known/openid-configuration");
        JsonObject said =
                discovery
                        ? new JsonObject().put("issuer", issuer).put("jwks_uri", keysUrl())
                        : document;
        request.response().putHeader("Content-Type", "application/json").end(said.encode());
    }

    /** The claim {@code iss} of its tokens. */
    public String issuer() {
        return issuer;
    }

    /** Where its keys are. */
    public String keysUrl() {
        return issuer + "/certs";
    }

    /** Requests that it was asked. */
    public int asked() {
        return asked.get();
    }

    /** Has these keys from now on. */
    public void publish(Signer... signers) {
        publish(Arrays.stream(signers).map(Signer::jwk).toList());
    }

    /** Has these keys from now on, whatever they are. */
    public void publish(List<JsonObject> jwks) {
        document = new JsonObject().put("keys", new JsonArray(jwks));
    }

    /** What it says of somebody, for an hour from a time, Unix milliseconds. */
    public JsonObject claims(String audience, long nowMs) {
        return new JsonObject()
                .put("iss", issuer)
                .put("aud", audience)
                .put("sub", "alice")
                .put("exp", nowMs / 1_000 + 3_600);
    }
}
