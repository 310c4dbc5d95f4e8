package io.penstock.gateway.access;

import io.penstock.exporter.tls.ClientTls;
import io.penstock.gateway.token.KeySource;
import io.penstock.gateway.token.TokenRules;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys {@code access.jwt.*}: tokens of an OpenID Connect issuer, and what they allow.
 *
 * <p>Threading: immutable.
 */
public record JwtConfig(
        @Setting(
                        value = "\"\"",
                        doc =
                                "Issuer whose tokens are taken, as their claim iss has it. Empty: no"
                                        + " token is.")
                String issuer,
        @Setting(
                        value = "[]",
                        doc =
                                "Audiences of which a token must name one in aud: who this node is to"
                                        + " the issuer.")
                List<String> audience,
        @Setting(value = "\"\"", doc = "File with the issuer's public keys, a JWK set.")
                String keysFile,
        @Setting(
                        value = "\"\"",
                        doc =
                                "URL of the issuer's JWK set, https or loopback. Empty, and no"
                                        + " keys_file: where issuer/.well-known/openid-configuration"
                                        + " says.")
                String keysUrl,
        @Setting(
                        value = "\"\"",
                        doc =
                                "PEM file of authorities that vouch for that server, instead of the"
                                        + " platform's.")
                String caFile,
        @Setting(
                        value = "[RS256, ES256, EdDSA]",
                        doc =
                                "Algorithms that may sign: RS, PS or ES with 256, 384 or 512, EdDSA."
                                        + " None that has a secret, and never none.")
                List<String> algorithms,
        @Setting(
                        value = "5m",
                        doc =
                                "How often the keys are read and fetched: so late a key ends that the"
                                        + " issuer withdraws. A token with a key that is not known has"
                                        + " them looked for at once, every 5 s at the most.")
                long refreshMs,
        @Setting(value = "30s", doc = "By how much the clocks of issuer and node may differ.")
                long clockSkewMs,
        @Setting(value = "8KiB", doc = "Longest token; the headers of a request have 16 KiB.")
                int maxTokenBytes,
        @Setting(
                        value = "sub",
                        doc =
                                "Claim that names who asks, for logs of changes and refusals. Here and"
                                        + " below a dot leads into a claim: realm_access.roles.")
                String nameClaim,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Claim that names the tenant whose repos are reached; a token without"
                                        + " it reaches none. Empty: every token reaches all.")
                String tenantClaim,
        @Setting(value = "roles", doc = "Claim with a list of words, or words with spaces between.")
                String rolesClaim,
        @Setting(
                        value = "{}",
                        doc =
                                "What these words allow, as in {penstock-push: push, operators:"
                                        + " admin}; others allow nothing.")
                Map<String, Role> roles,
        @Setting(
                        value = "[]",
                        doc = "Words whose holders reach every tenant, whatever tenant_claim says.")
                List<String> everyTenant) {

    private static final long LEAST_REFRESH_MS = 1_000;
    private static final long MOST_REFRESH_MS = 86_400_000;
    private static final long MOST_SKEW_MS = 300_000;
    private static final int LEAST_TOKEN_BYTES = 256;
    private static final int MOST_TOKEN_BYTES = 15 << 10;
    private static final int MOST_WORDS = 256;

    /** No tokens. */
    public static final JwtConfig OFF =
            new JwtConfig(
                    "",
                    List.of(),
                    "",
                    "",
                    "",
                    List.of("RS256"),
                    LEAST_REFRESH_MS,
                    0,
                    LEAST_TOKEN_BYTES,
                    "sub",
                    "",
                    "roles",
                    Map.of(),
                    List.of());

    /** Checks ranges and what goes with what; not the file. */
    public JwtConfig {
        audience = List.copyOf(audience);
        algorithms = List.copyOf(algorithms);
        roles = Map.copyOf(roles);
        everyTenant = List.copyOf(everyTenant);
        Require.within("refresh_ms", refreshMs, LEAST_REFRESH_MS, MOST_REFRESH_MS);
        Require.within("clock_skew_ms", clockSkewMs, 0, MOST_SKEW_MS);
        Require.within("max_token_bytes", maxTokenBytes, LEAST_TOKEN_BYTES, MOST_TOKEN_BYTES);
        Require.within("roles", roles.size(), 0, MOST_WORDS);
        Require.that(!algorithms.isEmpty(), "algorithms: none; RS256 is what most issuers sign by");
        for (String algorithm : algorithms) {
            Require.that(
                    TokenRules.ALGORITHMS.contains(algorithm),
                    "algorithms: '"
                            + algorithm
                            + "' is none of "
                            + String.join(", ", TokenRules.ALGORITHMS.stream().sorted().toList()));
        }
        if (!issuer.isEmpty()) {
            Require.that(
                    !audience.isEmpty(), "audience: none; a token for any other would open this");
            Require.that(!roles.isEmpty(), "roles: none; no token would open anything");
            Require.that(!nameClaim.isEmpty(), "name_claim: must not be empty");
            Require.that(!rolesClaim.isEmpty(), "roles_claim: must not be empty");
            check("keys_url", keysUrl);
            check("issuer", keysUrl.isEmpty() && keysFile.isEmpty() ? issuer : "");
        }
    }

    /** Keys that come over a network in the open would be anybody's. */
    private static void check(String key, String url) {
        if (url.isEmpty()) {
            return;
        }
        URI place = URI.create(url);
        String host = place.getHost();
        boolean safe =
                host != null
                        && ("https".equals(place.getScheme())
                                || ("http".equals(place.getScheme()) && Loopback.isName(host)));
        Require.that(safe, key + ": must be an https URL, or an http one of this machine");
    }

    /** Whether tokens are taken. */
    public boolean isOn() {
        return !issuer.isEmpty();
    }

    TokenRules rules() {
        return new TokenRules(
                issuer, Set.copyOf(audience), Set.copyOf(algorithms), clockSkewMs, maxTokenBytes);
    }

    KeySource source() {
        ClientTls tls = new ClientTls(caFile, "", "", false);
        return new KeySource(issuer, keysFile, keysUrl, tls, refreshMs);
    }
}
