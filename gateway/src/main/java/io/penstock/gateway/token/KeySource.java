package io.penstock.gateway.token;

import io.penstock.exporter.tls.ClientTls;

/**
 * Where an issuer's keys are. Threading: immutable.
 *
 * @param issuer whose keys
 * @param file JWK set on this machine; empty for none
 * @param url of a JWK set; empty for none, or, without a file, for what the issuer's discovery says
 * @param tls how servers are asked
 * @param refreshMs between two rounds
 */
public record KeySource(String issuer, String file, String url, ClientTls tls, long refreshMs) {
    /** OpenID Connect Discovery 1.0, section 4. */
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    boolean isFetched() {
        return !url.isEmpty() || file.isEmpty();
    }

    /** Whether the issuer is asked where its keys are. */
    boolean isDiscovered() {
        return url.isEmpty() && file.isEmpty();
    }

    String discovery() {
        return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + DISCOVERY;
    }
}
