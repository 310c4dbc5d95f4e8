package io.penstock.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.tls.ClientTls;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.tls.TestAuthority;
import io.penstock.gateway.token.SigningKeys.Pace;
import io.penstock.gateway.token.TestIssuer.Signer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens hold, and where the keys are that say so. */
@SuppressWarnings("NullAway.Init")
class TokenCheckTest {
    private static final Set<String> ALGORITHMS = Set.of("RS256", "PS256", "ES256", "EdDSA");
    private static final int MAX_BYTES = 2048;

    private static Vertx vertx;
    private static List<Signer> signers;
    private static Signer rsa;
    private static Signer other;

    private final AtomicLong nowMs = new AtomicLong(1_700_000_000_000L);
    private final List<SigningKeys> opened = new ArrayList<>();
    private TestIssuer issuer;

    @TempDir private Path directory;

    @BeforeAll
    static void makeKeys() throws Exception {
        vertx = Vertx.vertx();
        rsa = Signer.fresh("rsa", "RS256");
        other = Signer.fresh("other", "RS256");
        signers =
                List.of(
                        rsa,
                        Signer.fresh("pss", "PS256"),
                        Signer.fresh("ec", "ES256"),
                        Signer.fresh("ed", "EdDSA"));
    }

    @AfterAll
    static void closeVertx() throws Exception {
        TestNode.await(vertx.close());
    }

    @BeforeEach
    void open() throws Exception {
        issuer = TestIssuer.start(vertx, new HttpServerOptions());
        issuer.publish(signers.toArray(Signer[]::new));
    }

    @AfterEach
    void close() throws Exception {
        for (SigningKeys keys : opened) {
            TestNode.await(keys.close());
        }
        issuer.down();
    }

    private SigningKeys keys(String file, String url, Pace pace) throws Exception {
        return keys(file, url, "", pace);
    }

    private SigningKeys keys(String file, String url, String ca, Pace pace) throws Exception {
        ClientTls tls = new ClientTls(ca, "", "", false);
        KeySource source = new KeySource(issuer.issuer(), file, url, tls, 3_600_000);
        SigningKeys keys = new SigningKeys(vertx, source, ALGORITHMS, nowMs::get, pace);
        opened.add(keys);
        TestNode.await(keys.open());
        return keys;
    }

    private TokenCheck check(SigningKeys keys) {
        return new TokenCheck(
                new TokenRules(issuer.issuer(), Set.of("penstock"), ALGORITHMS, 30_000, MAX_BYTES),
                keys);
    }

    private TokenCheck check() throws Exception {
        return check(keys("", issuer.keysUrl(), Pace.USUAL));
    }

    private JsonObject claims() {
        return issuer.claims("penstock", nowMs.get());
    }

    private boolean holds(TokenCheck check, String token) {
        return check.check(token, nowMs.get()) instanceof Verdict.Good;
    }

    private TokenFault fault(TokenCheck check, String token) {
        Verdict verdict = check.check(token, nowMs.get());
        if (!(verdict instanceof Verdict.Bad bad)) {
            throw new AssertionError("holds");
        }
        Stream.of(token.split("\\.", -1))
                .filter(part -> !part.isEmpty())
                .forEach(part -> assertThat(bad.message()).doesNotContain(part));
        return bad.fault();
    }

    @Test
    void aSignatureWithSomethingBehindItDoesNotHold() throws Exception {
        TokenCheck check = check();
        for (Signer signer : signers) {
            String good = signer.sign(claims());
            for (String more : List.of("A", "AA", "AAAA", "=")) {
                assertThat(fault(check, good + more))
                        .as("%s and %s", signer.algorithm(), more)
                        .isEqualTo(TokenFault.SIGNATURE);
            }
        }
    }

    @Test
    void aTokenOfEveryAlgorithmThatIsAllowedHolds() throws Exception {
        TokenCheck check = check();
        for (Signer signer : signers) {
            assertThat(holds(check, signer.sign(claims()))).as(signer.algorithm()).isTrue();
            String unnamed = signer.sign(new JsonObject().put("alg", signer.algorithm()), claims());
            assertThat(holds(check, unnamed)).as(signer.algorithm() + " without kid").isTrue();
        }
        JsonObject several = claims().put("aud", new JsonArray().add("account").add("penstock"));
        Verdict verdict = check.check(rsa.sign(several), nowMs.get());
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Good.class,
                        good -> {
                            assertThat(good.claims().getString("sub")).isEqualTo("alice");
                            assertThat(good.untilMs()).isEqualTo(nowMs.get() + 3_600_000 + 30_000);
                        });
    }

    @Test
    void aTokenOfAnotherIssuerOrAudienceOrTimeDoesNot() throws Exception {
        TokenCheck check = check();
        assertThat(fault(check, rsa.sign(claims().put("iss", issuer.issuer() + "/"))))
                .isEqualTo(TokenFault.ISSUER);
        JsonObject nobodys = claims();
        nobodys.remove("iss");
        assertThat(fault(check, rsa.sign(nobodys))).isEqualTo(TokenFault.ISSUER);
        for (Object audience : List.of("account", new JsonArray(), new JsonArray().add(1), 7)) {
            assertThat(fault(check, rsa.sign(claims().put("aud", audience))))
                    .isEqualTo(TokenFault.AUDIENCE);
        }
        long nowS = nowMs.get() / 1_000;
        assertThat(holds(check, rsa.sign(claims().put("exp", nowS - 29)))).isTrue();
        for (Object end : List.of(nowS - 30, "tomorrow", 1e300, -1)) {
            assertThat(fault(check, rsa.sign(claims().put("exp", end))))
                    .as("exp %s", end)
                    .isEqualTo(TokenFault.EXPIRED);
        }
        JsonObject endless = claims();
        endless.remove("exp");
        assertThat(fault(check, rsa.sign(endless))).isEqualTo(TokenFault.EXPIRED);
        assertThat(holds(check, rsa.sign(claims().put("nbf", nowS + 30)))).isTrue();
        for (Object begin : List.of(nowS + 31, "now", 1e300)) {
            assertThat(fault(check, rsa.sign(claims().put("nbf", begin))))
                    .as("nbf %s", begin)
                    .isEqualTo(TokenFault.NOT_YET);
        }
    }

    @Test
    void aTokenThatItsKeyDidNotSignDoesNot() throws Exception {
        TokenCheck check = check();
        String good = rsa.sign(claims());
        String[] parts = good.split("\\.", -1);
        String swapped = TestIssuer.part(claims().put("sub", "root"));
        assertThat(fault(check, parts[0] + "." + swapped + "." + parts[2]))
                .isEqualTo(TokenFault.SIGNATURE);
        assertThat(fault(check, parts[0] + "." + parts[1] + ".AAAA"))
                .isEqualTo(TokenFault.SIGNATURE);
        JsonObject mine = new JsonObject().put("alg", "RS256").put("kid", "rsa");
        assertThat(fault(check, other.sign(mine, claims()))).isEqualTo(TokenFault.SIGNATURE);
        // keys and certificates in a token vouch for nothing
        JsonObject embedded = mine.copy().put("jwk", other.jwk()).put("jku", issuer.keysUrl());
        embedded.put("x5c", new JsonArray().add("AAAA"));
        assertThat(fault(check, other.sign(embedded, claims()))).isEqualTo(TokenFault.SIGNATURE);
        JsonObject named = new JsonObject().put("alg", "RS256").put("kid", "ec");
        assertThat(fault(check, rsa.sign(named, claims()))).isEqualTo(TokenFault.KEY);
    }

    @Test
    void aTokenByAnotherAlgorithmThanItsKeysIsNotEvenLookedAt() throws Exception {
        TokenCheck check = check();
        String body = "." + TestIssuer.part(claims());
        for (String none : List.of("none", "None", "", "HS256", "RS1", "RS512", "ES384")) {
            String head = TestIssuer.part(new JsonObject().put("alg", none).put("kid", "rsa"));
            assertThat(fault(check, head + body + ".AAAA"))
                    .as(none)
                    .isEqualTo(TokenFault.ALGORITHM);
        }
        // the public key as a secret: who checks by what a token says would take it
        String head = TestIssuer.part(new JsonObject().put("alg", "HS256").put("kid", "rsa"));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(rsa.pair().getPublic().getEncoded(), "HmacSHA256"));
        byte[] signature = mac.doFinal((head + body).getBytes(StandardCharsets.US_ASCII));
        String confused =
                head
                        + body
                        + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        assertThat(fault(check, confused)).isEqualTo(TokenFault.ALGORITHM);
    }

    @Test
    void whatIsNoTokenIsRefused() throws Exception {
        TokenCheck check = check();
        String good = rsa.sign(claims());
        String head = good.substring(0, good.indexOf('.'));
        String body = good.substring(head.length(), good.lastIndexOf('.'));
        String critical =
                rsa.sign(
                        new JsonObject()
                                .put("alg", "RS256")
                                .put("kid", "rsa")
                                .put("crit", new JsonArray().add("b64")),
                        claims());
        for (String malformed :
                List.of(
                        "",
                        "..",
                        head,
                        head + body,
                        head + body + ".",
                        good + ".",
                        "%%" + good,
                        head + ".bm8" + ".AAAA",
                        critical)) {
            assertThat(fault(check, malformed)).as(malformed).isEqualTo(TokenFault.FORM);
        }
        String large = rsa.sign(claims().put("pad", "x".repeat(MAX_BYTES)));
        assertThat(fault(check, large)).isEqualTo(TokenFault.SIZE);
    }

    @Test
    void keysThatCannotCheckAreLeftOutAndOpenNothing() throws Exception {
        JsonObject broken = new JsonObject().put("kty", "EC").put("crv", "P-256").put("kid", "b");
        broken.put("alg", "ES256").put("x", "AA"); // and no y
        JsonObject secret = new JsonObject().put("kty", "oct").put("k", "AAAA").put("alg", "HS256");
        JsonObject forOthers = other.jwk().put("use", "enc");
        JsonObject crossed = signers.get(2).jwk().put("alg", "RS256");
        JsonObject bare = rsa.jwk();
        bare.remove("alg");
        bare.remove("use");
        issuer.publish(List.of(broken, secret, forOthers, crossed, bare));
        SigningKeys keys = keys("", issuer.keysUrl(), Pace.USUAL);
        assertThat(keys.size()).isEqualTo(2); // RS256 and PS256 of the one that is good
        TokenCheck check = check(keys);
        assertThat(holds(check, rsa.sign(claims()))).isTrue();
        String unsigned = TestIssuer.part(new JsonObject().put("alg", "ES256").put("kid", "b"));
        String body = "." + TestIssuer.part(claims()) + ".";
        assertThat(fault(check, unsigned + body)).isEqualTo(TokenFault.FORM);
        assertThat(fault(check, unsigned + body + "AAAA")).isEqualTo(TokenFault.KEY);
    }

    @Test
    void aKeyThatIsRotatedIsLookedForOnceAndAWithdrawnOneEndsWhatItSigned() throws Exception {
        SigningKeys keys = keys("", issuer.keysUrl(), Pace.USUAL);
        TokenCheck check = check(keys);
        Verdict before = check.check(rsa.sign(claims()), nowMs.get());
        String next = other.sign(claims());
        issuer.publish(other);
        int asked = issuer.asked();
        // just looked: who names any key does not make the node ask
        assertThat(fault(check, next)).isEqualTo(TokenFault.KEY);
        nowMs.addAndGet(Pace.USUAL.gapMs());
        assertThat(fault(check, next)).isEqualTo(TokenFault.KEYS_UNKNOWN);
        TestNode.until(() -> holds(check, next));
        assertThat(issuer.asked()).isEqualTo(asked + 1);
        assertThat(fault(check, rsa.sign(claims()))).isEqualTo(TokenFault.KEY);
        assertThat(((Verdict.Good) before).key().isWithdrawn()).isTrue();
        for (int i = 0; i < 100; i++) {
            fault(check, rsa.sign(claims().put("jti", i)));
        }
        assertThat(issuer.asked()).isEqualTo(asked + 1);
    }

    @Test
    void whileTheIssuerIsAwayTheKeysOfTheLastRoundStay() throws Exception {
        Pace fast = new Pace(3_000, 0, 10, 40);
        SigningKeys keys = keys("", issuer.keysUrl(), fast);
        TokenCheck check = check(keys);
        issuer.down();
        assertThat(fault(check, other.sign(claims()))).isEqualTo(TokenFault.KEYS_UNKNOWN);
        TestNode.until(() -> keys.failures() > 2);
        assertThat(holds(check, rsa.sign(claims()))).isTrue();
        assertThat(fault(check, other.sign(claims()))).isEqualTo(TokenFault.KEYS_UNKNOWN);
        issuer.publish(List.of()); // an issuer that lost its keys is as good as away
        issuer.up();
        long failures = keys.failures();
        TestNode.until(() -> keys.failures() > failures + 1);
        assertThat(holds(check, rsa.sign(claims()))).isTrue();
        issuer.publish(other);
        TestNode.until(() -> holds(check, other.sign(claims())));
    }

    @Test
    void aStartWithoutIssuerWaitsForABoundedTimeAndCatchesUp() throws Exception {
        issuer.down();
        SigningKeys keys = keys("", "", new Pace(20, 0, 10, 40));
        TokenCheck check = check(keys);
        assertThat(fault(check, rsa.sign(claims()))).isEqualTo(TokenFault.KEYS_UNKNOWN);
        assertThat(keys.goodMs()).isZero();
        issuer.up();
        TestNode.until(() -> holds(check, rsa.sign(claims()))); // by discovery
        assertThat(keys.goodMs()).isPositive();
    }

    @Test
    void waitsGrowToABoundAndAreNeverLongerThanARound() {
        assertThat(Stream.of(0, 1, 2, 3, 9, 99).map(n -> Pace.USUAL.waitMs(n, 300_000)))
                .containsExactly(300_000L, 1_000L, 2_000L, 4_000L, 60_000L, 60_000L);
        assertThat(Pace.USUAL.waitMs(9, 5_000)).isEqualTo(5_000);
    }

    @Test
    void keysComeFromAFileToo() throws Exception {
        Path file = directory.resolve("jwks.json");
        JsonObject document = new JsonObject().put("keys", new JsonArray().add(other.jwk()));
        Files.writeString(file, document.encode());
        TokenCheck both = check(keys(file.toString(), issuer.keysUrl(), Pace.USUAL));
        assertThat(holds(both, other.sign(claims()))).isTrue();
        assertThat(holds(both, rsa.sign(claims()))).isTrue();
        TokenCheck fileAlone = check(keys(file.toString(), "", Pace.USUAL));
        assertThat(holds(fileAlone, other.sign(claims()))).isTrue();
        assertThat(fault(fileAlone, rsa.sign(claims()))).isEqualTo(TokenFault.KEY);
        for (String damaged : List.of("", "{}", "[]", "{\"keys\": 1}", "{\"keys\": [1]}")) {
            Files.writeString(file, damaged);
            assertThatThrownBy(() -> keys(file.toString(), "", Pace.USUAL))
                    .as(damaged)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("keys_file: " + file);
        }
    }

    @Test
    void overTlsTheIssuersCertificateIsChecked() throws Exception {
        TestAuthority authority = new TestAuthority("CN=authority");
        TestAuthority.Issued server = authority.issue(directory, "issuer", "CN=issuer");
        PemKeyCertOptions own =
                new PemKeyCertOptions()
                        .setCertPath(server.certificate().toString())
                        .setKeyPath(server.key().toString());
        TestIssuer secure =
                TestIssuer.start(
                        vertx, new HttpServerOptions().setSsl(true).setKeyCertOptions(own));
        try {
            secure.publish(rsa);
            String url = secure.keysUrl();
            String ca = authority.write(directory.resolve("ca.pem")).toString();
            assertThat(keys("", url, ca, Pace.USUAL).size()).isEqualTo(1);
            String stranger =
                    new TestAuthority("CN=other").write(directory.resolve("other.pem")).toString();
            SigningKeys refused = keys("", url, stranger, Pace.USUAL);
            assertThat(refused.size()).isZero();
            assertThat(refused.failures()).isEqualTo(1);
        } finally {
            secure.down();
        }
    }
}
